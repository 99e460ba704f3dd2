/*
What a runbook says once it is read: plain data, journaled whole when it is approved, so that a reading of the
journal never depends on a later version of the reader. Roles are spelt one way throughout (the reader sees to it).
*/

import type {Endpoint} from './endpoint.ts';
import type {Expect} from './expect.ts';
import type {Least} from './link.ts';
import type {NotifyTarget} from './notify.ts';
import type {PageSettings} from './page.ts';
import type {Reached} from './reached.ts';
import type {ChangeWindow} from './safe-moments.ts';

/** Path relative to the workspace, or to a root that its holder names. */
export type Path = string;

/** `sha256:…` of a file's bytes. */
export type Digest = string;

/** As far as people compare it. */
export const digestText = (digest: Digest | null | undefined): string => digest?.slice(0, 15) ?? 'missing';

/** What the environment of `begin` gave: names of variables, never values, and PEM files that it trusts besides. */
export type Provided = {readonly provided?: readonly string[]; readonly authorities?: readonly Path[]};

/** Digest by path; null where the file is missing. */
export type Digests = Readonly<Record<Path, Digest | null>>;

export type Gate = {
	readonly id: string;
	readonly title: string;
	/** Name of its kind; acknowledgements and statements are judged by people, all others by a process. */
	readonly kind: string;
	/** Command lines for `bash -o pipefail -c`, each in a shell of its own; all must exit 0. */
	readonly commands: readonly string[];
	/** What the last of them must show instead. */
	readonly expect?: Expect;
	/** What a kind of its own looks at, verbatim. */
	readonly looksAt?: readonly string[];
	/** Files that the gate names. */
	readonly files: readonly Path[];
	readonly passWhen: string;
	/** Roles; empty means anyone. */
	readonly owners: readonly string[];
	/** Roles that must say yes: the named groups of an acknowledgement, the owners of a statement. */
	readonly groups: readonly string[];
	readonly need: 'all' | 'any';
	/** Playbook that replaces the inferred check. */
	readonly playbook: Path | null;
	/** That judges it, where it is not the one that asks. */
	readonly host?: string;
	readonly timeoutSeconds: number;
	readonly maxAgeSeconds: number;
	/** What of the workspace's history counts; empty means all of it. */
	readonly paths: readonly Path[];
	readonly line: number;
	/** Columns that no rule knows, shown with the gate. */
	readonly more: Readonly<Record<string, string>>;
};

export type StageKind = 'checks' | 'decision' | 'act' | 'verification' | 'closing' | 'manual';

export type Stage = {
	/** `T-60`, `T0`, `T+10`, … */
	readonly id: string;
	readonly kind: StageKind;
	readonly offsetSeconds: number;
	readonly owners: readonly string[];
	readonly action: string;
	readonly evidence: string;
	/** Checklist of a verification stage. */
	readonly items: readonly string[];
	/** Ids of the gates that it runs. */
	readonly gates: readonly string[];
	readonly playbook: Path | null;
	/** Command lines of its text, each run by a go-ahead of its own. Absent where it has none. */
	readonly commands?: readonly string[];
	/** How long it takes, and ids of the stages whose ends it waits for. Absent where the runbook gives times only. */
	readonly plan?: {readonly takesSeconds: number | null; readonly after: readonly string[]};
	/** Null: no limit, OVERDUE is shown instead. */
	readonly timeoutSeconds: number | null;
	readonly start: 'person' | 'auto';
	/** That runs it, where it is not the one that asks. */
	readonly host?: string;
	/** Scanned for errors since T0, where the settings name them. */
	readonly logs?: readonly LogFile[];
	readonly line: number;
	readonly more: Readonly<Record<string, string>>;
};

/** A log of the service. `file`: absolute, or relative to the workspace; more than `max` lines that match `errors` are too many. */
export type LogFile = {readonly file: Path; readonly errors: string; readonly max: number};

/** `automatic`: a rollback begins by itself a minute after it fired, unless somebody objects. */
type TriggerText = {
	readonly id: string;
	readonly text: string;
	readonly line: number;
	readonly automatic?: boolean;
};

export type OutageTrigger = TriggerText & {
	readonly kind: 'outage';
	readonly thresholdSeconds: number;
	/** The settings say the threshold, and not the runbook's words. */
	readonly thresholdSet?: true;
	/** True: fires above the threshold; false ("at least"): at it. */
	readonly strict: boolean;
	/** How many endpoints must each be down too long; any unless the settings say otherwise. */
	readonly of?: 'any' | 'all' | number;
	/** Good samples that end an outage (1), and failed ones in a row before it may fire (3), unless set. */
	readonly restore?: number;
	readonly confirm?: number;
	/** Per cent of the threshold at which it warns; 50 and 80 unless set. */
	readonly warn?: readonly number[];
	/** Who may answer for it by hand; empty means anyone named. */
	readonly roles: readonly string[];
};

export type ConfirmationTrigger = TriggerText & {
	readonly kind: 'confirmation';
	readonly roles: readonly string[];
	readonly need: 'any' | 'all';
	readonly facts: readonly string[];
	/** How long the asked roles have before the release manager decides alone. */
	readonly answerSeconds: number;
};

export type Trigger = OutageTrigger | ConfirmationTrigger;

/** A path of the rollback. What is set says what it needs; only its driver asks for its kind. */
export type RollbackPath = {
	/** Name of its driver. */
	readonly kind: string;
	/** A script that is called in the workspace: approved with the runbook. */
	readonly script?: Path;
	/** Words behind the script, as they are: no shell reads them. Absent where there are none. */
	readonly args?: readonly string[];
	/** Document that describes it. */
	readonly reference?: Path | null;
	/** A file that a server runs: it is sent to `remote` with its token, and goes on without its runner. */
	readonly workflow?: Path;
	/** What the workflow is sent with. */
	readonly inputs?: Readonly<Record<string, string>>;
	/** Command lines that bash runs in the workspace, the scripts that they name approved with the runbook. */
	readonly commands?: readonly string[];
};

/** Where a workflow is dispatched. `token`: name of the environment variable that holds it; `api`: without a slash at its end. */
export type Remote = {
	readonly repository: string;
	readonly ref: string;
	readonly token: string;
	readonly api: string;
};

/** When a rollback counts as proved by health. */
export type Proof = {
	/** How long every critical endpoint must be up after the end of the path. */
	readonly settleSeconds: number;
	/** Time for proof, from the end of the path. */
	readonly proveSeconds: number;
};

/** Unless the settings say otherwise. */
export const usualProof: Proof = {settleSeconds: 120, proveSeconds: 600};

export type Rollback = Proof & {
	readonly preferred: RollbackPath | null;
	readonly fallback: RollbackPath | null;
	/** Upper-case environment of a script path, from the workflow's inputs. */
	readonly environment: Readonly<Record<string, string>>;
	/** Null or absent: the workflow path is not configured. */
	readonly remote?: Remote | null;
	readonly line: number;
};

export const proofOf = (runbook: Runbook | null): Proof => runbook?.rollback ?? usualProof;

/** What must exist before a sign-off is taken. `decision`: of that role, at that stage. */
export type Requirement =
	| {readonly kind: 'log'; readonly of: string}
	| {readonly kind: 'decision'; readonly of: string}
	| {readonly kind: 'acknowledged'; readonly of: string}
	| {readonly kind: 'file'; readonly of: Path};

export type SignOff = {
	/** `S1`, `S2`, … */
	readonly id: string;
	readonly role: string;
	readonly text: string;
	readonly requires: readonly Requirement[];
	readonly line: number;
};

/** Lines of the evidence template; `field` is the text before the colon, null for a line kept as it is. */
export type EvidenceLine = {readonly field: string | null; readonly text: string};

export type Runbook = Reached &
	PageSettings & {
		readonly title: string;
		/** As it was opened, absolute. */
		readonly path: Path;
		readonly digest: Digest;
		readonly settings: Path | null;
		readonly gates: readonly Gate[];
		readonly stages: readonly Stage[];
		readonly triggers: readonly Trigger[];
		readonly rollback: Rollback | null;
		/** Steps of the rollback that people do, in order. Absent where none were read. */
		readonly rollbackSteps?: readonly string[];
		readonly signOffs: readonly SignOff[];
		readonly evidence: readonly EvidenceLine[];
		/** Every role that the runbook or the settings name, once. */
		readonly roles: readonly string[];
		/** People by role, from the settings; null where nobody is bound. */
		readonly people: Readonly<Record<string, readonly string[]>> | null;
		/** What a name may act from: its login, or its keys (fingerprints, `SHA256:…`); absent where the settings bind none. */
		readonly identities?: Readonly<Record<string, {readonly login?: string; readonly keys: readonly string[]}>>;
		/** File of the workspace that says who may sign with which key, as ssh-keygen reads it. */
		readonly allowedSigners?: Path;
		/** Go, T0, keep, stand-down, rollback and sign-offs are signed; `off` where it is absent. */
		readonly signatures?: 'required' | 'optional';
		/** Acts of two people by one login are refused, and not only remarked. */
		readonly fourEyes?: 'required';
		/** How surely an act by a personal link must be known, where that is not as usual. */
		readonly least?: Least;
		/** Who may take a role over when its holder is silent. */
		readonly deputies?: Readonly<Record<string, readonly string[]>>;
		/** From the settings; null where they do not say. `t0`: RFC 3339. */
		readonly id: string | null;
		readonly environment: string | null;
		readonly ticket: string | null;
		readonly t0: string | null;
		/** That times are shown in, `Europe/Berlin`; the machine's at begin where it is absent. */
		readonly zone?: string;
		readonly window?: ChangeWindow;
		/** Names of environment variables: those whose values must never reach a log, and those that playbooks may see. */
		readonly secrets: readonly string[];
		readonly pass: readonly string[];
		/** Its map was written with answers that nobody looked at: a cutover cannot begin. */
		readonly unreviewed?: true;
		/** How many warnings it was read with, where there were any; `check` shows them. */
		readonly warnings?: number;
		readonly endpoints?: readonly Endpoint[];
		/** PEM files of certificate authorities that are trusted besides, absolute or relative to the workspace. */
		readonly ca?: readonly Path[];
		/** `host:port` that tells our network from their service; the other endpoints unless set. */
		readonly control?: string;
		/** How many hosts must see an outage; absent: one. */
		readonly quorum?: number;
		/** The database keeps what it acknowledged although it shows no synchronous standby: whoever approved this says so. */
		readonly durability?: 'attested';
		/** Who is notified of what happens; a notification may fail without harm. */
		readonly notify?: readonly NotifyTarget[];
	};

export const endpointsOf = (runbook: Runbook | null): readonly Endpoint[] => runbook?.endpoints ?? [];

export const criticalOf = (runbook: Runbook | null): readonly Endpoint[] =>
	endpointsOf(runbook).filter(({critical}) => critical);
