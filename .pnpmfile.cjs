// Changes what packages say they depend on, before pnpm installs.
module.exports = {
  hooks: {
    readPackage(manifest) {
      // Only its browser bundle is used, which holds all 250 packages already.
      if (manifest.name === "@scalar/api-reference") manifest.dependencies = {};
      return manifest;
    },
  },
};
