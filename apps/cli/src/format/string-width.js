// A file of its own in the build: its patterns of emoji take longer to compile than the rest of the program to start. In JavaScript, since
// it is required by its name, here as there.
export { default } from "string-width";
