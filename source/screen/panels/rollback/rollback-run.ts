/*
A workflow that was sent once: what was answered, which run it is, whom or what that waits for, and its jobs. What nobody
answered is unknown, neither sent nor unsent.
*/
import {attemptText} from '../../../cutover/model/attempt-target.ts';
import type {RemoteRun} from '../../../cutover/model/event.ts';
import type {Attempt, Dispatch} from '../../../cutover/model/state.ts';
import {cells} from '../../../text/fit.ts';
import {instant, minutes, wall} from '../../../text/time.ts';
import type {PanelProps} from '../../panel.ts';
import type {Mark} from '../../theme.ts';
import {flowing, pairs, paragraph, verbatim} from '../flow.ts';
import {blank, cell, type Line, shape, span} from '../line.ts';
import {outcomeMark, outcomeWord} from '../run/outcome.ts';

const wordWidth = 11;
const timeWidth = 8;

type Step = {
	readonly mark: Mark;
	readonly word: string;
	/** In ms; null where it has not happened. */
	readonly at: number | null;
	readonly text: string;
	readonly end?: string;
};

/** ` ✔ SENT      22:57:28  rollback.yml @ main      HTTP 200`; what does not fit goes on below. */
const stepLines = ({size, theme}: PanelProps, {mark, word, at, text, end = ''}: Step): readonly Line[] => {
	const time = at === null ? theme.glyph.dash : wall(at);
	const width = Math.max(timeWidth, cells(time));
	return paragraph(size.columns, text, {
		lead: [shape(mark), blank(1), cell(word, wordWidth), cell(time, width), blank(2)],
		end: end === '' ? [] : [span(end)],
	});
};

/** Before what has no time and no mark of its own. */
const stepLead = ({theme}: PanelProps, word: string): Line => [
	blank(2),
	cell(word, wordWidth),
	cell(theme.glyph.dash, timeWidth),
	blank(2),
];

const fileOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** GitHub said no, or was never reached: surely no run came of it. */
const wasRefused = ({accepted, run}: Dispatch, {ended}: Attempt): boolean =>
	accepted === null && run === null && ended?.outcome === 'fail';

const sent = ({theme}: PanelProps, dispatch: Dispatch, attempt: Attempt): Step => {
	const {accepted, at, workflow, ref, run} = dispatch;
	const what = `${fileOf(workflow)} @ ${ref}`;
	if (accepted !== null) return {mark: theme.yes, word: 'SENT', at, text: what, end: `HTTP ${accepted.status}`};
	if (wasRefused(dispatch, attempt)) return {mark: theme.no, word: 'SENT', at, text: what, end: 'not taken'};
	const isOpen = attempt.ended === null && run === null;
	return {
		mark: isOpen ? theme.missing : theme.unknown,
		word: 'SENT',
		at,
		text: what,
		end: isOpen ? 'no answer yet' : 'no answer',
	};
};

/** When the journal first named the run: as it was answered, found, or said by a person. */
const foundAt = ({entries}: PanelProps, run: number): number | null => {
	const entry = entries.find(
		({type, data}) => (type === 'runUpdated' || type === 'dispatched' || type === 'runAdopted') && data.run === run,
	);
	return entry === undefined ? null : instant(entry.at);
};

const found = (props: PanelProps, {run, url}: Dispatch, attempt: Attempt): Step => {
	const {theme} = props;
	if (run !== null)
		return {
			mark: theme.yes,
			word: 'FOUND',
			at: foundAt(props, run),
			text: `run ${run} ${(url ?? '').replace(/^https?:\/\//, '')}`,
		};
	return attempt.ended === null
		? {mark: theme.missing, word: 'FOUND', at: null, text: 'its run is looked for'}
		: {mark: theme.unknown, word: 'FOUND', at: null, text: 'no run is known'};
};

const approvalText = ({environment, reviewers, waitMinutes}: RemoteRun['approvals'][number]): string => {
	const timer = waitMinutes === null ? '' : `a timer of ${waitMinutes} min`;
	return `"${environment}": ${[reviewers.join(' or '), timer].filter(text => text !== '').join(', ') || 'somebody'}`;
};

/** Queued for longer than this is worth a look (ms). */
const longQueueMs = 120_000;

type Reported = NonNullable<Dispatch['reported']>;

const waiting = ({theme, snapshot}: PanelProps, {state, since, approvals}: Reported): Step | null => {
	const lasts = {at: since, end: minutes(snapshot.now - since)};
	if (state === 'approval')
		return {...lasts, mark: theme.warning, word: 'APPROVAL', text: approvals.map(approvalText).join(', ') || 'awaited'};
	if (state === 'running') return {...lasts, mark: theme.stage.running, word: 'RUNNING', text: ''};
	if (state !== 'queued') return null;
	const isLong = snapshot.now - since > longQueueMs;
	return {
		...lasts,
		mark: isLong ? theme.warning : theme.missing,
		word: 'QUEUED',
		text: isLong ? 'no runner takes it: cancel, or look at the runners' : 'waits for a runner',
	};
};

const state = (props: PanelProps, {reported}: Dispatch, attempt: Attempt): Step | null => {
	const {theme, snapshot} = props;
	const {ended, stop} = attempt;
	if (ended !== null)
		return {
			mark: outcomeMark(props, attempt),
			word: ended.outcome === 'stopped' ? 'CANCELLED' : outcomeWord(props, attempt),
			at: ended.at,
			text: ended.reason ?? '',
			end: `took ${minutes(ended.at - attempt.at)}`,
		};
	if (stop !== null)
		return {
			mark: theme.warning,
			word: 'CANCELLING',
			at: stop.at,
			text: `by ${stop.by.name}${stop.reason === null ? '' : `: ${stop.reason}`}`,
			end: minutes(snapshot.now - stop.at),
		};
	return reported === null ? null : waiting(props, reported);
};

const jobMark = ({theme}: PanelProps, {state: at, conclusion}: RemoteRun['jobs'][number]): Mark => {
	if (conclusion === 'success') return theme.yes;
	if (conclusion === 'failure') return theme.no;
	if (conclusion !== null) return theme.unknown;
	return at === 'in_progress' ? theme.stage.running : theme.missing;
};

const jobLines = (props: PanelProps, jobs: RemoteRun['jobs']): readonly Line[] => {
	if (jobs.length === 0) return [];
	const pieces = jobs.map(job => [
		shape(jobMark(props, job)),
		span(` ${job.name} ${(job.conclusion ?? job.state).replaceAll('_', ' ')}`),
	]);
	return flowing(props.size.columns, pieces, stepLead(props, 'JOBS'));
};

/** The last known state is not the present one. */
const unseenLines = (props: PanelProps, {unseen}: Dispatch, {ended}: Attempt): readonly Line[] =>
	unseen === null || ended !== null
		? []
		: stepLines(props, {
				mark: props.theme.unknown,
				word: 'UNSEEN',
				at: unseen.since,
				text: `the state of the run is unknown: ${unseen.why}`,
				end: minutes(props.snapshot.now - unseen.since),
			});

/** A runner that was lost goes on as another attempt, which looks the run up. */
const againLines = (props: PanelProps, attempt: Attempt): readonly Line[] =>
	attempt.resume && attempt.ended === null
		? stepLines(props, {
				mark: props.theme.warning,
				word: 'AGAIN',
				at: attempt.at,
				text: `${attemptText(attempt)} goes on, nothing is sent again`,
			})
		: [];

/** Where `attempt` was dispatched. */
export const runLines = (props: PanelProps, attempt: Attempt, dispatch: Dispatch): readonly Line[] => {
	const now = state(props, dispatch, attempt);
	return [
		...stepLines(props, sent(props, dispatch, attempt)),
		...againLines(props, attempt),
		...(wasRefused(dispatch, attempt) ? [] : stepLines(props, found(props, dispatch, attempt))),
		...(now === null ? [] : stepLines(props, now)),
		...unseenLines(props, dispatch, attempt),
		...(attempt.ended === null || dispatch.reported?.state === 'ended'
			? jobLines(props, dispatch.reported?.jobs ?? [])
			: []),
		...verbatim(props.size.columns, pairs(dispatch.inputs)),
	];
};
