module.exports = {
  hooks: {
    /** Lets pnpm check `engines` against the Node that the workspace installs, instead of the one that pnpm runs on. */
    updateConfig(config) {
      config.nodeVersion = config.catalogs?.default?.node;
      return config;
    },
    /** Changes what packages say they depend on, before pnpm installs. */
    readPackage(manifest) {
      // Only its browser bundle is used, which holds all 250 packages already.
      if (manifest.name === "@scalar/api-reference") manifest.dependencies = {};
      return manifest;
    },
  },
};
