/** Why an upload did not succeed, as a sentence for the person. `transient` = it is worth trying again by itself. */
export class UploadFailed extends Error {
  override readonly name = 'UploadFailed';
  readonly transient: boolean;

  constructor(message: string, options: { readonly transient: boolean }) {
    super(message);
    this.transient = options.transient;
  }
}
