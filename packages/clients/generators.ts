/** What OpenAPI Generator is told for each client, in the words of its own configuration files. */
export interface Generator {
  readonly generatorName: string;
  readonly outputDir: string;
  /** Which document it reads; see generate.ts. */
  readonly inputSpec: "contract" | "tolerant";
  readonly [setting: string]: unknown;
}

/** @param version the contract's, which is every client's */
export const generators = (version: string): readonly Generator[] => [
  {
    generatorName: "typescript-axios",
    inputSpec: "contract",
    outputDir: "typescript-axios/src",
    additionalProperties: { supportsES6: true, importFileExtension: ".js" },
  },
  {
    generatorName: "python",
    inputSpec: "tolerant",
    outputDir: "python",
    httpUserAgent: `betatel-esim-python/${version}`,
    additionalProperties: {
      packageName: "betatel_esim",
      projectName: "betatel-esim",
      packageVersion: version,
    },
  },
  {
    generatorName: "go",
    inputSpec: "tolerant",
    outputDir: "go",
    gitUserId: "betatelltd",
    gitRepoId: "esim-toolkit/packages/clients/go",
    httpUserAgent: `betatel-esim-go/${version}`,
    additionalProperties: { packageName: "esim", packageVersion: version },
  },
  {
    generatorName: "java",
    inputSpec: "tolerant",
    outputDir: "java",
    library: "native",
    groupId: "com.betatel",
    artifactId: "esim-sdk",
    artifactVersion: version,
    invokerPackage: "com.betatel.esim",
    apiPackage: "com.betatel.esim.api",
    modelPackage: "com.betatel.esim.model",
    additionalProperties: {
      artifactDescription: "Client of the eSIM Packages API",
      hideGenerationTimestamp: true,
      openApiNullable: false,
      licenseName: "MIT",
      licenseUrl: "https://opensource.org/license/mit",
    },
  },
];
