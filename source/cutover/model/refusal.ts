/*
Why a command leaves no event. Every refusal has a code, and every code one rule: front ends and other rules act on the
code and on what it needs, never on a sentence.
*/
import type {CommandName} from './command.ts';

/** Every rule, by the code of its refusal. */
export const rules = {
	abandoned: 'an abandoned cutover can only be closed',
	'after-t0': 'this is possible only before T0',
	'already-answered': 'a person answers once',
	'already-asked': 'a confirmation is requested once',
	'already-begun': 'a cutover begins once',
	'already-cancelling': 'a path is cancelled once',
	'already-confirmed': 'a relayed statement is confirmed once',
	'already-dispatched': 'a workflow is dispatched once',
	'already-on-hold': 'a cutover is put on hold once',
	'already-recorded': 'a result is recorded once',
	'already-recorded-value': 'what was recorded stays recorded',
	'already-signed': 'a sign-off is given once',
	'already-stopping': 'an attempt is stopped once',
	'already-voted': 'a role votes once in a round',
	'answer-not-due': 'an open question is dismissed after its time limit',
	'attempt-ended': 'an attempt ends once',
	'auto-not-ready': 'an automatic rollback must be able to start',
	'bad-extension': 'an extension ends later',
	'bad-time': 'the time must be between the go and now',
	'before-t0': 'this is possible only after T0 has started',
	cancelled: 'a cancelled path is not dispatched',
	closed: 'nothing is recorded after close',
	'field-known': 'the program fills what it knows',
	'future-outage': 'an outage is reported when it has begun',
	'gate-running': 'a gate is judged by one attempt at a time',
	'gates-judge': 'a checks stage ends as its gates do',
	'gates-not-passed': 'all gates must pass before go',
	'hold-stays': 'a hold is released when its cause is fixed',
	'items-failed': 'a stage passes only when all its items pass',
	'items-open': 'a checklist is answered item by item, or as a whole with a note',
	'keep-endpoint-unknown': 'keep is refused while a critical endpoint is unknown',
	'keep-outage': 'keep is refused while an outage clock runs',
	'keep-question-open': 'keep is refused while a confirmation is open',
	'keep-reason': 'keep after a failed or skipped verification needs a reason',
	'keep-unverified': 'verification is done before keep',
	'manager-needed': 'one of the two is the release manager',
	'map-unreviewed': 'a map is looked at before a cutover begins',
	'name-needed': 'a person must be named',
	'newer-journal': 'a journal of a newer version is only read',
	'never-skipped': 'T0 and decisions cannot be skipped',
	'no-closing-stage': 'the keep vote needs a closing stage',
	'no-decision-stage': 'the go vote needs a go/no-go stage',
	'no-path-runs': 'only a running path is cancelled',
	'no-question': 'only an open question is dismissed',
	'no-token': 'watching a run needs its token',
	'not-all-up': 'a trigger is stood down only when everything is up',
	'not-armed': 'triggers are armed from T0 until a rollback or the end',
	'not-begun': 'a cutover must be begun first',
	'not-bound': 'people act only in their own roles',
	'not-decided': 'a cutover is closed after its decision',
	'not-dispatched': 'an answer follows a dispatch',
	'not-endpoint-state': 'people answer only for an endpoint whose state is unknown',
	'not-failed': 'only a failed or lost stage is marked done',
	'not-fired': 'only a fired trigger is stood down',
	'not-holder': 'a role is handed over by its holder',
	'not-judging': 'a verdict comes from the attempt that judges the gate',
	'not-observing': 'only an observation is extended',
	'not-owner': 'a command belongs to its owners',
	'not-recorded-reason': 'what is not recorded needs a reason',
	'not-relayable': 'only votes, acknowledgements, answers and sign-offs are relayed',
	'not-speaker': 'the speaker confirms a relayed statement',
	'nothing-changed': 'only a change is approved',
	'nothing-left': 'what is still running is recorded once',
	'nothing-runs': 'only a running attempt is stopped',
	'nothing-skipped': 'only an automatic rollback that was due is skipped',
	'nothing-to-acknowledge': 'only a gate that needs an acknowledgement is acknowledged',
	'nothing-to-prove': 'a rollback is proved after it ran',
	'nothing-to-resume': 'only a failed or lost stage is resumed',
	'on-hold': 'go is refused while the cutover is on hold',
	'other-host': 'a cutover runs on one host',
	'outage-measured': 'an outage clock is run by hand only where nothing measures it',
	'outage-not-running': 'an outage ends after it began',
	'outage-running': 'an outage begins once',
	'one-open': 'a runbook has one open cutover',
	'path-not-succeeded': 'proof follows a rollback path that succeeded',
	'path-running': 'one rollback path runs at a time',
	'path-tried': 'a path that was tried runs again only after the rollback failed',
	'path-unavailable': 'a rollback path must be available',
	'people-only': 'a person begins this rollback',
	'person-recorded': 'only the result of a playbook can be replaced',
	'person-starts': 'a person starts this stage',
	'poll-closed': 'a vote closes once',
	'preferred-first': 'the fallback is used when the preferred path is unavailable',
	'process-only': 'only a runner records this',
	'reason-needed': 'this needs a reason',
	'reference-needed': 'a rollback by hand names its path and a reference',
	'rehearsal-ended': 'a rehearsal ends with its process',
	'relay-incomplete': 'a relayed statement names speaker, channel and exact words',
	'relay-self': 'a person does not relay for themselves',
	'result-needed': 'a result or an item must be given',
	'role-needed': 'a command is given in one role',
	'rollback-begun': 'a rollback begins once',
	'rolled-back': 'a rolled-back cutover is not rolled back again',
	'run-known': 'a run is named only while its state is unknown',
	'runbook-errors': 'only a runbook without errors is approved',
	'same-holder': 'a role is handed to somebody else',
	'scripts-only': 'after T0 only scripts are approved',
	'secret-short': 'a secret is long enough to be found in a text',
	'second-person': 'this needs two people',
	'sign-off-blocked': 'a sign-off waits for what it confirms',
	'sign-off-closed': 'a sign-off is closed where what it confirms never came',
	'stage-ended': 'a stage that ended is not skipped',
	'stage-running': 'one attempt of a stage runs at a time',
	'still-running': 'close waits until nothing is running',
	't0-has-playbook': 'T0 with a playbook is run, not recorded by hand',
	't0-needs-go': 'T0 starts only in status go',
	't0-not-passed': 'a stage after T0 waits for T0 to pass',
	't0-past': 'T0 must be in the future',
	't0-result': 'T0 is recorded as pass or fail',
	't0-running': 'the attempt of T0 must end first',
	't0-started': 'T0 starts once',
	'text-needed': 'a note needs text',
	'too-early': 'a stage waits for its planned time',
	'trigger-fired': 'a fired trigger stays fired',
	'trigger-fired-first': 'a fired trigger is answered first',
	'two-owners-needed': 'a role is taken over by two other owners',
	'two-people': 'two roles vote as two people',
	'unknown-attempt': 'a runner reports an attempt that has started',
	'unknown-entry': 'a relayed entry is named by its number in the log',
	'unknown-fact': 'a fact is named by its number',
	'unknown-gate': 'an attempt judges gates of its runbook',
	'unknown-name': 'names are those of the runbook',
	'unknown-step': 'a step ends after it has started',
	'value-needed': 'an evidence field needs a value',
	'verdict-expires': 'every verdict must be valid until T0',
	'voter-relays': 'the other voter relays only when nobody else is here',
	'votes-end': 'a decision ends with its votes',
	'word-needed': 'what cannot be undone needs its typed word',
	'wrong-trigger-kind': 'an outage has a clock, a confirmation has facts',
} as const;

export type RefusalCode = keyof typeof rules;

/** What would satisfy a refusal, as data; a front end adds its options or keys to the sentence. */
export type Needs = {
	/** Typed words, as in `Command.confirm`. */
	readonly words: readonly string[];
	/** Fields of the command that are missing or wrong, by their names in the catalogue of commands. */
	readonly fields: readonly string[];
	/** Another command that fixes it, on what, and the fields that it then takes. */
	readonly command: {readonly name: CommandName; readonly on: string | null; readonly fields: readonly string[]} | null;
};

/** `usageError`: the caller named what does not exist, or left something out (exit 2); else a rule forbids it (exit 1). */
export type Refusal = {
	readonly refused: true;
	readonly usageError: boolean;
	readonly code: RefusalCode;
	readonly rule: string;
	readonly why: string;
	readonly fix: string;
	readonly needs: Needs;
};
