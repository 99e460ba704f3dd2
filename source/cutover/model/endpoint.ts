/* What is probed from begin to close. */

/** Something that is asked for its health. What is set says what it needs; only its probe asks for its kind. */
export type Endpoint = {
	readonly name: string;
	/** Name of its probe, which may read more than what is here. */
	readonly kind: string;
	/** What is asked, for people. */
	readonly target: string;
	/** From the start of one probe to the start of the next. */
	readonly everySeconds: number;
	readonly timeoutSeconds: number;
	/** Only those count for outage triggers, forbid keep while blind, and prove a rollback. */
	readonly critical: boolean;
	/** Takes precedence over the trigger's own, where it is set. */
	readonly thresholdSeconds?: number;
	/** Names of the environment variables that it is asked with. */
	readonly variables?: readonly string[];
	/** A script that is called in the workspace: approved with the runbook. Relative to the workspace. */
	readonly run?: string;
	/** Where a connection is made: host:port, IPv6 in brackets. */
	readonly address?: string;
	/** Where a request is made. */
	readonly url?: string;
	/** Redirects are followed; else one is an answer like any other. */
	readonly follow?: boolean;
	/** Address that tells which version answers. */
	readonly version?: string;
	/** Asked by no proxy, whatever the environment names. */
	readonly proxy?: 'none';
	/** Its certificate is not verified. */
	readonly insecure?: boolean;
};

/** Environment variables that endpoints are asked with. */
export const endpointSecrets = (endpoints: readonly Endpoint[]): readonly string[] =>
	endpoints.flatMap(({variables = []}) => variables);

/** The scripts that they call. */
export const endpointScripts = (endpoints: readonly Endpoint[]): readonly string[] =>
	endpoints.flatMap(({run}) => run ?? []);
