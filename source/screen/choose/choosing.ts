/* What the page that chooses is about, as the command line gives it. Texts are raw: `safe` them where they are drawn. */
import type {Snapshot} from '../../cutover/snapshot/snapshot.ts';

/** `fault`: why it cannot be read; then there is no snapshot. */
export type OpenCutover = {readonly id: string; readonly runbook: string} & (
	| {readonly snapshot: Snapshot; readonly fault: null}
	| {readonly snapshot: null; readonly fault: string}
);

/** `how`: `ROLLED BACK`, `KEPT`, …; `at` in ms; `why` in a few words. */
export type ClosedCutover = {
	readonly id: string;
	readonly title: string;
	readonly runbook: string;
	readonly how: string;
	readonly at: number;
	readonly why: string;
};

/** A Markdown file of the folder; `title`: its first heading. */
export type RunbookFile = {readonly path: string; readonly title: string | null};

export type Choices = {
	/** As they are now, by T0. */
	open(): readonly OpenCutover[];
	/** Newest first. */
	readonly closed: readonly ClosedCutover[];
	readonly runbooks: readonly RunbookFile[];
	readonly folder: string;
};

export type Choice =
	| {readonly kind: 'cutover'; readonly id: string}
	| {readonly kind: 'runbook'; readonly path: string}
	| {readonly kind: 'rehearsal'}
	| {readonly kind: 'nothing'};
