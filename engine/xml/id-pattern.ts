/** The ids we accept: they end in URLs, keys and logs, and `__proto__` would reach the prototype of a record. */
export const ID_PATTERN = /^(?!__proto__$)[A-Za-z_][\w.-]{0,99}$/;
