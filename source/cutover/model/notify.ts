/* Who is notified of what. */
/** What is notified, and when. */
export const notifyEvents = {
	t0: 'T0 is set, moved, confirmed or started',
	go: 'the go was given',
	hold: 'the cutover was put on hold',
	awaited: 'a poll waits for votes, a trigger asks a role, a rollback waits for an approval or for a person',
	overdue: 'a stage is a minute late, or runs longer than 15 minutes without a limit',
	warning: 'an outage reaches a warning share of its threshold',
	fired: 'a trigger fired',
	'taken-over': 'somebody took over a role',
	'rolled-back': 'a rollback starts, and again when it is proved',
	kept: 'the change is kept',
	closed: 'the cutover is closed',
} as const;

export type NotifyOn = keyof typeof notifyEvents;

/** Who is notified. `to`: name of the channel; `values`: its fields as they are set. */
export type NotifyTarget = {
	readonly on: readonly NotifyOn[];
	readonly to: string;
	readonly values: Readonly<Record<string, string | readonly string[]>>;
	/** Of `values`: the command lines, and the names of environment variables. */
	readonly commands: readonly string[];
	readonly variables: readonly string[];
};

/** A target in a few words, without anything secret. */
export const notifyTargetText = ({to, commands, variables}: NotifyTarget): string =>
	[to, ...commands, ...variables].join(' ');

/** Programs of the workspace that notify somebody. */
export const notifiers = ({notify = []}: {readonly notify?: readonly NotifyTarget[]}): readonly string[] =>
	notify.flatMap(({commands}) => commands.map(line => line.trim().split(/\s+/)[0] ?? ''));
