/** How OpenAPI Generator is configured for each client, in the words of its own configuration files. */
export interface Generator {
  readonly generatorName: string;
  readonly outputDir: string;
  /** Which document it reads; see generate.ts. */
  readonly inputSpec: "contract" | "tolerant";
  /** Where the table of operations is written; its template is in `templates`. */
  readonly operations: string;
  /** What is changed in the generator's own templates, so that all requests go through the layer that is by hand. */
  readonly changes: Readonly<Record<string, readonly Change[]>>;
  readonly [setting: string]: unknown;
}

/** Text that a template has once, and what comes in its place. */
export type Change = readonly [from: string, to: string];

const pythonChanges = {
  "api_client.mustache": [
    [
      "from {{packageName}} import rest\n",
      "from {{packageName}} import rest\nfrom {{packageName}}.safe import Answer, RestClient\n",
    ],
    [
      "self.rest_client = rest.RESTClientObject(configuration)",
      "self.rest_client = RestClient(configuration)",
    ],
    ["        response_data: rest.RESTResponse,\n", "        response_data: Answer,\n"],
    [
      "response_types_map.get(str(response_data.status), None)",
      "response_types_map.get(str(response_data.promised_status), None)",
    ],
    ["                response_text = response_data.data.decode(encoding)\n", ""],
    [
      "return_data = self.deserialize(response_text, response_type, content_type)",
      "return_data = response_data.parse(lambda text: self.deserialize(text, response_type, None))",
    ],
  ],
  "exceptions.mustache": [
    [
      '    """The base exception class for all OpenAPIExceptions"""\n',
      `    """The base exception class for all OpenAPIExceptions"""

    operation: Optional[str] = None
    """The contract's operationId."""
    request_id: Optional[str] = None
    """The server's ID of the request, if it sent one. Quote it to support."""
    outcome_unknown: bool = False
    """Whether the call may have changed something on the server all the same: look before you try again."""
    message: Optional[str] = None
    """What happened, in one line."""
`,
    ],
    [
      '        """Custom error messages for exception"""\n',
      '        """Custom error messages for exception"""\n        if self.message:\n            return self.message\n',
    ],
  ],
} as const;

const goChanges = {
  "client.mustache": [
    [
      "httputil.DumpRequestOut(request, true)",
      "contract.Redacted(request)(httputil.DumpRequestOut(request, true))",
    ],
    ["httputil.DumpResponse(resp, true)", "contract.Redacted(request)(httputil.DumpResponse(resp, true))"],
    ["c.cfg.HTTPClient.Do(request)", "contract.Send(c.cfg.HTTPClient, request)"],
  ],
  "api.mustache": [
    [
      `newErr := &GenericOpenAPIError{
			body:  localVarBody,
			error: err.Error(),
		}
`,
      "newErr := unreadable(localVarHTTPResponse, localVarBody, err)\n",
    ],
  ],
} as const;

const javaChanges = {
  "ApiClient.mustache": [
    [
      "    return builder.build();",
      "    return new {{invokerPackage}}.safe.SafeHttpClient(builder.followRedirects(HttpClient.Redirect.NEVER).build());",
    ],
  ],
  "api.mustache": [
    [
      `        String responseBody = new String(localVarResponseBody.readAllBytes());
        {{{returnType}}} responseValue = responseBody.isBlank()? null: memberVarObjectMapper.readValue(responseBody, new TypeReference<{{{returnType}}}>() {});
`,
      `        {{{returnType}}} responseValue = {{invokerPackage}}.safe.SafeHttpClient.read(localVarResponse, body -> memberVarObjectMapper.readValue(body, new TypeReference<{{{returnType}}}>() {}));
`,
    ],
  ],
  "apiException.mustache": [
    [
      `    public ApiException(Throwable throwable) {
        super(throwable);
    }
`,
      `    private String operation = null;
    private String requestId = null;
    private boolean outcomeUnknown = false;

    public ApiException(Throwable throwable) {
        super(throwable instanceof FailedCall ? throwable.getMessage() : String.valueOf(throwable), throwable);
        if (throwable instanceof FailedCall) {
            FailedCall call = (FailedCall) throwable;
            code = call.status;
            responseHeaders = call.headers;
            responseBody = call.body;
            operation = call.operation;
            requestId = call.requestId;
            outcomeUnknown = call.outcomeUnknown;
        }
    }

    /**
     * The contract's operationId.
     *
     * @return such as createPackage; null if no operation was called
     */
    public String getOperation() {
        return operation;
    }

    /**
     * The server's ID of the request. Quote it to support.
     *
     * @return null if it sent none
     */
    public String getRequestId() {
        return requestId;
    }

    /**
     * Whether the call may have changed something on the server all the same: look before you try again.
     *
     * @return false if it certainly did not
     */
    public boolean isOutcomeUnknown() {
        return outcomeUnknown;
    }
`,
    ],
    [
      "import java.net.http.HttpHeaders;\n",
      "import {{invokerPackage}}.safe.FailedCall;\nimport java.net.http.HttpHeaders;\n",
    ],
  ],
} as const;

const axiosChanges = {
  "common.mustache": [
    [
      'import { RequiredError } from "./base{{importFileExtension}}";\n',
      'import { RequiredError } from "./base{{importFileExtension}}";\nimport { send } from "./safe/send{{importFileExtension}}";\n',
    ],
    [
      "return axios.request<T, R>(axiosRequestArgs) as Promise<R>;",
      "return send(axios, axiosRequestArgs) as Promise<R>;",
    ],
  ],
  "index.mustache": [
    [
      'export * from "./api{{importFileExtension}}";\n',
      'export * from "./api{{importFileExtension}}";\nexport { EsimAxiosError, EsimUsageError } from "./safe/errors{{importFileExtension}}";\nexport { CannotKnowError, type CreatedOnce, type CreateOnceOptions, createPackageOnce } from "./safe/create-package-once{{importFileExtension}}";\nexport { EsimListError, iteratePackages, type IterateOptions, type PackageFilter } from "./safe/iterate-packages{{importFileExtension}}";\n',
    ],
  ],
} as const;

/** @param version the contract's, which is every client's */
export const generators = (version: string): readonly Generator[] => [
  {
    generatorName: "typescript-axios",
    inputSpec: "contract",
    outputDir: "typescript-axios/src",
    operations: "operations.ts",
    changes: axiosChanges,
    additionalProperties: { supportsES6: true, importFileExtension: ".js" },
  },
  {
    generatorName: "python",
    inputSpec: "tolerant",
    outputDir: "python",
    operations: "betatel_esim/operations.py",
    changes: pythonChanges,
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
    operations: "operations.go",
    changes: goChanges,
    gitUserId: "betatelltd",
    gitRepoId: "esim-toolkit/packages/clients/go",
    httpUserAgent: `betatel-esim-go/${version}`,
    additionalProperties: { packageName: "esim", packageVersion: version },
  },
  {
    generatorName: "java",
    inputSpec: "tolerant",
    outputDir: "java",
    operations: "src/main/java/com/betatel/esim/Operations.java",
    changes: javaChanges,
    library: "native",
    groupId: "com.betatel",
    artifactId: "esim-sdk",
    artifactVersion: version,
    invokerPackage: "com.betatel.esim",
    apiPackage: "com.betatel.esim.api",
    modelPackage: "com.betatel.esim.model",
    additionalProperties: {
      artifactDescription: "Client of the eSIM Packages API",
      artifactUrl: "https://github.com/betatelltd/esim-toolkit",
      scmConnection: "scm:git:https://github.com/betatelltd/esim-toolkit.git",
      scmDeveloperConnection: "scm:git:https://github.com/betatelltd/esim-toolkit.git",
      scmUrl: "https://github.com/betatelltd/esim-toolkit",
      developerName: "the eSIM toolkit contributors",
      developerEmail: "",
      developerOrganization: "betatelltd",
      developerOrganizationUrl: "https://github.com/betatelltd",
      hideGenerationTimestamp: true,
      openApiNullable: false,
      licenseName: "MIT",
      licenseUrl: "https://opensource.org/license/mit",
    },
  },
];
