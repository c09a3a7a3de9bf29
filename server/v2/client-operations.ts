export interface ClientOperation { readonly operationId: string; readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete'; readonly path: string }
export const CLIENT_OPERATIONS: readonly ClientOperation[] = [];
