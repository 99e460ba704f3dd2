/** Starting stages, recording what people say of them, skipping and marking done (RULES S). T0 has a room of its own. */

import {sameName} from '../../../text/same-name.ts';
import {wall} from '../../../text/time.ts';
import {gateOf} from '../../due/gate-verdict.ts';
import {nextCommand} from '../../due/next-command.ts';
import {running, stageOf} from '../../due/schedule.ts';
import type {ItemAnswer, RecordedAnswer} from '../../model/checklist.ts';
import type {CommandData} from '../../model/command.ts';
import type {Event} from '../../model/event.ts';
import {noStage} from '../../model/initial.ts';
import type {Refusal} from '../../model/refusal.ts';
import type {Stage} from '../../model/runbook.ts';
import type {StageState, State} from '../../model/state.ts';
import {unknown} from '../owners.ts';
import {allAre, fields, instead, listed, refuse, statusWord, usageError} from '../refusal.ts';
import {firedForbids} from './armed.ts';
import {runGate} from './gates.ts';
import {beforeT0, reasonFor} from './plan.ts';
import {earlyReason, inTime} from './polls.ts';
import type {Decision, RuleContext, Rules} from './rule.ts';
import {stageStarted} from './started.ts';
import {reportT0, runT0} from './t0.ts';

/* The answers to a checklist: of known items, beside what was measured, and complete. */
const unknownItems = (stage: Stage, items: readonly {readonly name: string}[]): Refusal | null => {
	const other = items.find(item => !stage.items.some(name => sameName(name, item.name)));
	return other ? unknown('checklist item', other.name, stage.items) : null;
};

/** Items as the runbook spells them. */
const spelled = <I extends {readonly name: string}>(stage: Stage, items: readonly I[]): readonly I[] =>
	items.map(item => ({
		...item,
		name: stage.items.find(name => sameName(name, item.name)) ?? item.name,
	}));

type Report = CommandData['report'];

/** What a person says against what was measured takes a reason; both are kept. */
const recorded = (was: StageState, item: ItemAnswer, reason: string | null): RecordedAnswer | Refusal => {
	const measured = was.measured[item.name];
	if (measured === undefined || measured.result === null || measured.result === item.result)
		return {...item, overrules: null};
	const why = reason?.trim() ?? '';
	return why === ''
		? refuse(
				'measured-overruled',
				`${item.name} was measured ${measured.result}: ${measured.found}.`,
				`Give a reason to overrule it, or answer ${measured.result}.`,
				fields('reason'),
			)
		: {...item, overrules: {found: measured.found, reason: why}};
};

/** The answers that a result completes: a note answers as a whole what nobody named. */
const answers = (was: StageState, stage: Stage, data: Report): readonly RecordedAnswer[] | Refusal => {
	const given: RecordedAnswer[] = [];
	for (const item of spelled(stage, data.items)) {
		const answer = recorded(was, item, data.reason);
		if ('refused' in answer) return answer;
		given.push(answer);
	}
	const left = stage.items.filter(name => !was.items[name] && !given.some(item => item.name === name));
	const {result} = data;
	if (result === null || left.length === 0) return given;
	if (!data.note?.trim())
		return refuse(
			'items-open',
			`${allAre(left)} not answered.`,
			'Answer each, or give one note for all.',
			fields('item', 'note'),
		);
	return [...given, ...left.map(name => ({name, result, whole: true, overrules: null}))];
};

const failing = (was: StageState, given: readonly ItemAnswer[]): readonly string[] => {
	const all = {
		...Object.fromEntries(Object.values(was.items).map(item => [item.name, item.result])),
		...Object.fromEntries(given.map(item => [item.name, item.result])),
	};
	return Object.keys(all).filter(name => all[name] === 'fail');
};

const stageState = (state: State, stage: Stage): StageState => state.stages[stage.id] ?? noStage;

/** Null where stages of that side of T0 may be worked on. */
export const open = (state: State, stage: Stage): Refusal | null => {
	if (stage.offsetSeconds < 0) return beforeT0(state);
	if (state.status === 'observing') return null;
	const fix =
		state.status === 'executing'
			? 'Record the result of T0 first.'
			: state.t0Started === null
				? 'Begin T0 first.'
				: 'Nothing to do.';
	return refuse('t0-not-passed', `The status is ${statusWord(state.status)}.`, fix);
};

const busy = (state: State, stage: Stage): Refusal | null => {
	const runs = running(state, stage.id);
	return runs
		? refuse(
				'stage-running',
				`${stage.id} runs since ${wall(runs.at)}, started by ${runs.by.name}.`,
				`Watch it, or stop ${stage.id}.`,
			)
		: null;
};

const resumable = (state: State, stage: Stage): Refusal | null => {
	if (nextCommand(state, stage) !== null)
		return refuse('nothing-to-resume', `${stage.id} goes on by its next command.`, 'Run it.', instead('run', stage.id));
	const {outcome} = stageState(state, stage);
	return outcome === 'failed' || outcome === 'lost'
		? null
		: refuse(
				'nothing-to-resume',
				`${stage.id} is ${outcome ?? 'not begun'}.`,
				`Run ${stage.id} from its start.`,
				instead('run', stage.id),
			);
};

/** Findings of fired triggers forbid finishing a verification (RULES T2). */
const findingsForbid = (state: State, stage: Stage): Refusal | null =>
	stage.kind === 'verification' ? firedForbids(state) : null;

const commandsDone = (state: State, stage: Stage): Refusal | null =>
	(stage.commands?.length ?? 0) > 0 && nextCommand(state, stage) === null
		? refuse(
				'stage-ended',
				`Every command of ${stage.id} was run.`,
				'Record its result where it is open.',
				instead('report', stage.id),
			)
		: null;

const runStage = (state: State, stage: Stage, data: CommandData['run'], asked: RuleContext): Decision => {
	if (asked.by.strength === 'process' && stage.start !== 'auto')
		return refuse('person-starts', `${stage.id} does not start by itself.`, 'Its owner starts it.');
	const no =
		open(state, stage) ??
		busy(state, stage) ??
		(data.resume ? resumable(state, stage) : null) ??
		commandsDone(state, stage) ??
		findingsForbid(state, stage) ??
		(stage.offsetSeconds > 0 ? inTime(state, stage, data, asked.at) : null);
	const early = stage.offsetSeconds > 0 ? earlyReason(state, stage, data, asked.at) : null;
	return no ?? [stageStarted(state, stage, data.resume, early)];
};

const kindsThatReport: readonly Stage['kind'][] = ['verification', 'manual'];

const whoseOutcome = (stage: Stage): Refusal =>
	stage.kind === 'checks'
		? refuse(
				'gates-judge',
				`${stage.id} ends ${stage.gates.length === 0 ? 'with its run' : 'as its gates do'}.`,
				`Run ${stage.id}.`,
			)
		: refuse(
				'votes-end',
				`${stage.id} ends with the votes of ${listed(stage.owners)}.`,
				stage.kind === 'closing' ? 'Vote keep, or roll back.' : 'Vote go or no-go.',
				instead(stage.kind === 'closing' ? 'keep' : 'vote'),
			);

export const report = (state: State, stage: Stage, data: Report, asked: RuleContext): Decision => {
	if (!kindsThatReport.includes(stage.kind)) return whoseOutcome(stage);
	const was = stageState(state, stage);
	if (was.outcome === 'done')
		return refuse(
			'already-recorded',
			`${stage.id} was recorded done by ${was.by?.name ?? 'nobody'} at ${wall(was.ended ?? state.at)}.`,
			'Add a note instead.',
		);
	const no =
		open(state, stage) ??
		busy(state, stage) ??
		unknownItems(stage, data.items) ??
		(data.result === null ? null : findingsForbid(state, stage)) ??
		(stage.offsetSeconds > 0 && was.started === null ? inTime(state, stage, data, asked.at) : null);
	if (no) return no;
	const given = answers(was, stage, data);
	if ('refused' in given) return given;
	const answered: readonly Event[] =
		given.length > 0 ? [{type: 'answered', data: {stage: stage.id, items: given, note: data.note}}] : [];
	if (data.result === null)
		return answered.length > 0
			? answered
			: usageError(
					'result-needed',
					'Neither a result nor an item was given.',
					'Give a result, or an answer.',
					fields('result', 'item'),
				);
	const bad = data.result === 'pass' ? failing(was, given) : [];
	if (bad.length > 0)
		return refuse(
			'items-failed',
			`${allAre(bad)} answered fail.`,
			'Record the stage as fail, or answer the item again.',
		);
	const early = was.started === null ? earlyReason(state, stage, data, asked.at) : null;
	return [
		...answered,
		{
			type: 'reported',
			data: {stage: stage.id, result: data.result, note: data.note, reference: data.reference, done: data.done, early},
		},
	];
};

export const find = (asked: RuleContext, id: string): Stage | Refusal =>
	stageOf(asked.runbook, id) ?? unknown('stage', id, asked.runbook.stages);

const skippable = (stage: Stage): boolean =>
	stage.kind !== 'act' && stage.kind !== 'decision' && stage.kind !== 'closing';

/** What samples, logs and the baseline say of a checklist; a person decides, and may overrule it. */
const measure = (state: State, {stage: id, attempt, items}: CommandData['measure'], asked: RuleContext): Decision => {
	const stage = find(asked, id);
	if ('refused' in stage) return stage;
	const no = open(state, stage) ?? unknownItems(stage, items);
	return no ?? [{type: 'measured', data: {stage: stage.id, attempt, items: spelled(stage, items)}}];
};

/** Null where somebody may end the stage by a word. */
const endForbidden = (state: State, stage: Stage, reason: string, act: string): Refusal | null =>
	reasonFor(reason, act) ?? open(state, stage) ?? busy(state, stage) ?? findingsForbid(state, stage);

export const stageRules = {
	measure,
	run: (state, data, asked) => {
		const gate = gateOf(asked.runbook, data.target);
		if (gate) return runGate(state, gate, null, asked);
		const stage = find(asked, data.target);
		if ('refused' in stage) return stage;
		return stage.kind === 'act' ? runT0(state, stage, data, asked) : runStage(state, stage, data, asked);
	},
	report: (state, data, asked) => {
		const stage = find(asked, data.stage);
		if ('refused' in stage) return stage;
		return stage.kind === 'act' ? reportT0(state, stage, data, asked) : report(state, stage, data, asked);
	},
	skip: (state, {stage: id, reason}, asked) => {
		const stage = find(asked, id);
		if ('refused' in stage) return stage;
		if (!skippable(stage))
			return refuse(
				'never-skipped',
				`${stage.id} is ${stage.kind === 'act' ? 'the cutover itself' : 'a decision'}.`,
				'Do it, hold, or roll back.',
			);
		const {outcome} = stageState(state, stage);
		if (outcome === 'done' || outcome === 'skipped')
			return refuse('stage-ended', `${stage.id} is ${outcome}.`, 'Nothing to do.');
		return endForbidden(state, stage, reason, 'a skip') ?? [{type: 'skipped', data: {stage: stage.id, reason}}];
	},
	done: (state, {stage: id, reason, evidence}, asked) => {
		const stage = find(asked, id);
		if ('refused' in stage) return stage;
		if (stage.kind === 'act')
			return refuse(
				'person-recorded',
				`${stage.id} is T0, and not marked done.`,
				'Record its result.',
				instead('report', stage.id),
			);
		if (!skippable(stage)) return whoseOutcome(stage);
		const {outcome} = stageState(state, stage);
		if (outcome !== 'failed' && outcome !== 'lost')
			return refuse('not-failed', `${stage.id} is ${outcome ?? 'not begun'}.`, `Run ${stage.id}.`);
		const no = endForbidden(state, stage, reason, 'marking done');
		return no ?? [{type: 'stageMarkedDone', data: {stage: stage.id, reason, evidence}}];
	},
} satisfies Partial<Rules>;
