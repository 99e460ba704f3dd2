/* What is probed from begin to close. */

type Asked = {
	readonly name: string;
	/** From the start of one probe to the start of the next. */
	readonly everySeconds: number;
	readonly timeoutSeconds: number;
	/** Only those count for outage triggers, forbid keep while blind, and prove a rollback. */
	readonly critical: boolean;
	/** Stands above the trigger's own, where it is set. */
	readonly thresholdSeconds?: number;
};

export type HttpEndpoint = Asked & {
	readonly kind: 'http';
	readonly url: string;
	/** Null: 200 to 299. */
	readonly status: number | readonly number[] | null;
	/** Text that the body must hold. */
	readonly body: string | null;
	/** Redirects are followed; else one is an answer like any other. */
	readonly follow: boolean;
	/** Address that tells which version answers. */
	readonly version: string | null;
	/** What is sent besides; a secret is named by its environment variable. */
	readonly headers?: Readonly<Record<string, string | {readonly secret: string}>>;
	/** Environment variables that hold a token, or a password. */
	readonly auth?: {readonly bearer: string} | {readonly user: string; readonly password: string};
	/** Asked by no proxy, whatever the environment names. */
	readonly proxy?: 'none';
	/** Its certificate is not verified. */
	readonly insecure?: true;
};
/** `address`: host:port, IPv6 in brackets. */
type TcpEndpoint = Asked & {readonly kind: 'tcp'; readonly address: string};
/** Exit 0 is up; relative to the workspace. */
type ScriptEndpoint = Asked & {readonly kind: 'script'; readonly run: string};

/** What is probed from begin to close. */
export type Endpoint = HttpEndpoint | TcpEndpoint | ScriptEndpoint;

/** What is asked: address, `host:port` or script. */
export const targetOf = (endpoint: Endpoint): string => {
	if (endpoint.kind === 'http') return endpoint.url;
	return endpoint.kind === 'tcp' ? endpoint.address : endpoint.run;
};

/** Environment variables that the requests to endpoints are made with. */
export const endpointSecrets = (endpoints: readonly Endpoint[]): readonly string[] =>
	endpoints.flatMap(endpoint => {
		if (endpoint.kind !== 'http') return [];
		const {auth, headers = {}} = endpoint;
		const named = Object.values(headers).flatMap(value => (typeof value === 'string' ? [] : [value.secret]));
		return [...named, ...(auth === undefined ? [] : ['bearer' in auth ? auth.bearer : auth.password])];
	});
