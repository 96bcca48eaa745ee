// Imports from this folder's node_modules, by the rules for ES modules: they look beside the file that asks.
export const load = (name) => import(name);
