/** OpenAPI Generator's configuration for one client, with the names of its configuration files. */
export interface Generator {
  readonly generatorName: string;
  readonly outputDir: string;
  /** Which reading of the contract it gets; see tolerant.ts. */
  readonly reading: "contract" | "tolerant";
  /** Its names for models of rows that cannot have the contract's name. */
  readonly rowNames?: Readonly<Record<string, string>>;
  /** Our own templates in `templates`, and the files they generate. */
  readonly templates: Readonly<Record<string, string>>;
  /** Changes to the generator's own templates, so that all requests go through the hand-written layer. */
  readonly changes: Readonly<Record<string, readonly Change[]>>;
  readonly [setting: string]: unknown;
}

/** Text that occurs once in a template, and its replacement. */
type Change = readonly [from: string, to: string];

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
      "return_data = response_data.parse(response_type, lambda text: self.deserialize(text, response_type, None))",
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
    """Whether the failed call may still have changed something on the server: check before you retry."""
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
    ["c.cfg.HTTPClient.Do(request)", "contract.Send(c.cfg.HTTPClient, c.base(request), request)"],
    [
      "err = json.Unmarshal(b, v); err != nil { // simple model",
      "err = safe.Unmarshal(b, v); err != nil { // simple model",
    ],
    ['"unicode/utf8"\n', '"unicode/utf8"\n\n\t"github.com/{{gitUserId}}/{{gitRepoId}}/safe"\n'],
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
      "    return new {{invokerPackage}}.safe.SafeHttpClient(builder.followRedirects(HttpClient.Redirect.NEVER).build(), getBaseUri());",
    ],
  ],
  "api.mustache": [
    [
      `        // Handle file downloading.
        File responseValue = downloadFileFromResponse(localVarResponse, localVarResponseBody);
`,
      `        {{{returnType}}} responseValue = {{invokerPackage}}.safe.SafeHttpClient.bytes(localVarResponse);
`,
    ],
    [
      `        String responseBody = new String(localVarResponseBody.readAllBytes());
        {{{returnType}}} responseValue = responseBody.isBlank()? null: memberVarObjectMapper.readValue(responseBody, new TypeReference<{{{returnType}}}>() {});
`,
      `        {{{returnType}}} responseValue = {{invokerPackage}}.safe.SafeHttpClient.read(localVarResponse, memberVarObjectMapper, new TypeReference<{{{returnType}}}>() {});
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
     * @return the operationId, such as createPackage; null if no operation was called
     */
    public String getOperation() {
        return operation;
    }

    /**
     * The server's ID for the request. Quote it to support.
     *
     * @return null if it sent none
     */
    public String getRequestId() {
        return requestId;
    }

    /**
     * Whether the failed call may still have changed something on the server: check before you retry.
     *
     * @return false if it certainly has not
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

const RETURN_TYPE = "AxiosPromise<{{{returnType}}}{{^returnType}}void{{/returnType}}>";
/** The generator's own type is `File`, which axios never returns. */
const OUR_RETURN_TYPE =
  "AxiosPromise<{{#isResponseFile}}Uint8Array{{/isResponseFile}}{{^isResponseFile}}{{{returnType}}}{{^returnType}}void{{/returnType}}{{/isResponseFile}}>";

const axiosChanges = {
  "apiInner.mustache": [
    [`${RETURN_TYPE}> {`, `${OUR_RETURN_TYPE}> {`],
    [
      `{{/allParams}}options?: RawAxiosRequestConfig): ${RETURN_TYPE} {`,
      `{{/allParams}}options?: RawAxiosRequestConfig): ${OUR_RETURN_TYPE} {`,
    ],
  ],
  "common.mustache": [
    [
      'import { RequiredError } from "./base{{importFileExtension}}";\n',
      'import { RequiredError } from "./base{{importFileExtension}}";\nimport { send } from "./safe/send{{importFileExtension}}";\n',
    ],
    [
      "return axios.request<T, R>(axiosRequestArgs) as Promise<R>;",
      "return send(axios, axiosRequestArgs, axiosArgs.url) as Promise<R>;",
    ],
  ],
  "index.mustache": [
    [
      'export * from "./api{{importFileExtension}}";\n',
      'export * from "./api{{importFileExtension}}";\nexport { EsimAxiosError, EsimUsageError } from "./safe/errors{{importFileExtension}}";\nexport { CannotKnowError, type CreatedOnce, type CreateOnceOptions, createPackageOnce } from "./safe/create-package-once{{importFileExtension}}";\nexport { EsimListError, type IterateOptions } from "./safe/iterate{{importFileExtension}}";\nexport * from "./lists{{importFileExtension}}";\n',
    ],
  ],
} as const;

/** @param version the contract's version, which every client has */
export const generators = (version: string): readonly Generator[] => [
  {
    generatorName: "typescript-axios",
    reading: "contract",
    outputDir: "typescript-axios/src",
    templates: { "operations.mustache": "operations.ts", "lists.mustache": "lists.ts" },
    changes: axiosChanges,
    additionalProperties: { supportsES6: true, importFileExtension: ".js" },
  },
  {
    generatorName: "python",
    reading: "tolerant",
    outputDir: "python",
    templates: {
      "operations.mustache": "betatel_esim/operations.py",
      "paging.mustache": "betatel_esim/paging.py",
    },
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
    reading: "tolerant",
    outputDir: "go",
    templates: { "operations.mustache": "operations.go", "lists.mustache": "lists.go" },
    changes: goChanges,
    gitUserId: "betatelltd",
    gitRepoId: "esim-toolkit/packages/clients/go",
    httpUserAgent: `betatel-esim-go/${version}`,
    additionalProperties: { packageName: "esim", packageVersion: version },
    // By default a number is float32, which is too small for a balance.
    typeMappings: { File: "[]byte", file: "[]byte", binary: "[]byte", number: "float64" },
  },
  {
    generatorName: "java",
    reading: "tolerant",
    outputDir: "java",
    templates: {
      "operations.mustache": "src/main/java/com/betatel/esim/Operations.java",
      "lists.mustache": "src/main/java/com/betatel/esim/paging/Lists.java",
    },
    rowNames: { Package: "ModelPackage" },
    changes: javaChanges,
    typeMappings: { File: "byte[]", file: "byte[]", binary: "byte[]" },
    library: "native",
    groupId: "com.betatel",
    artifactId: "esim-sdk",
    artifactVersion: version,
    invokerPackage: "com.betatel.esim",
    apiPackage: "com.betatel.esim.api",
    modelPackage: "com.betatel.esim.model",
    additionalProperties: {
      artifactDescription: "Client of the eSIM API",
      artifactUrl: "https://github.com/betatelltd/esim-toolkit",
      scmConnection: "scm:git:https://github.com/betatelltd/esim-toolkit.git",
      scmDeveloperConnection: "scm:git:https://github.com/betatelltd/esim-toolkit.git",
      scmUrl: "https://github.com/betatelltd/esim-toolkit",
      developerName: "the eSIM toolkit contributors",
      developerEmail: "",
      developerOrganization: "betatelltd",
      developerOrganizationUrl: "https://github.com/betatelltd",
      hideGenerationTimestamp: true,
      containerDefaultToNull: true,
      openApiNullable: false,
      licenseName: "MIT",
      licenseUrl: "https://opensource.org/license/mit",
    },
  },
];
