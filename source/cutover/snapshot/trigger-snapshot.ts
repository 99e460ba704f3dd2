/* A trigger as the snapshot shows it. Times in ms. */

export type TriggerStateWord =
	| 'disarmed'
	| 'armed'
	| 'warning'
	/** Asked, and nobody answered yet; `no answer`: nor did anybody until it was due. */
	| 'asked'
	| 'no answer'
	| 'partly confirmed'
	| 'fired'
	| 'blind'
	| 'not measured';

export type TriggerSnapshot = {
	readonly id: string;
	readonly kind: 'outage' | 'confirmation';
	readonly text: string;
	readonly state: TriggerStateWord;
	readonly outageSeconds: number | null;
	/** Of the endpoint that decides, while its outage runs; else the trigger's own. */
	readonly thresholdSeconds: number | null;
	/** The settings say it; else the runbook's words do. */
	readonly thresholdSet: boolean;
	/** When the running outage would fire. */
	readonly firesAt: number | null;
	readonly firedAt: number | null;
	readonly confirmedBy: readonly string[];
	/** Answers to each fact, newest of each role; empty for an outage. */
	readonly facts: readonly {
		readonly text: string;
		readonly yes: readonly string[];
		readonly no: readonly string[];
		readonly awaits: readonly string[];
	}[];
	/** When the open question was asked, and by when it is to be answered. */
	readonly askedAt: number | null;
	readonly answerBy: number | null;
	readonly disputed: boolean;
	readonly roles: readonly string[];
	/** Of outages since T0: how many, and how long in all. */
	readonly outages: number;
	readonly downSeconds: number;
	/** Samples tell it; else people run its clock by hand. */
	readonly measured: boolean;
	/** The endpoint that decides, while its outage runs; `confirmed`: it failed often enough in a row. */
	readonly down: {readonly endpoint: string; readonly confirmed: boolean; readonly unseenSeconds: number} | null;
	/** Names of critical endpoints that nobody can see, and for which nobody answers. */
	readonly blind: readonly string[];
	/** Some of them for as long as an outage that would fire. */
	readonly blindTooLong: boolean;
	/** Advice: up and down again and again. */
	readonly flapping: {readonly endpoint: string; readonly outages: number; readonly percent: number} | null;
	/** When the rollback begins by itself, unless somebody objects. */
	readonly automaticAt: number | null;
	/** Why it could not begin by itself. */
	readonly autoRollbackSkipped: string | null;
};
