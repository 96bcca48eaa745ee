// A separate file in the build, because its emoji patterns take longer to compile than the rest of the program takes to start. JavaScript,
// because it is required by this name both from the sources and in the build.
export { default } from "string-width";
