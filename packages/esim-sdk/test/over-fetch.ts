// Replaces the global fetch with a wrapper. The client notices that it is not Node's own, and sends over it.
const original = globalThis.fetch;
globalThis.fetch = (...args) => original(...args);
