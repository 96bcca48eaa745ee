// A file of its own in the build: its patterns of emoji take longer to compile than the rest of the program to start.
export { default } from "string-width";
