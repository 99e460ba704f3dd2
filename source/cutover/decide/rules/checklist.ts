/* The answers to a checklist: of known items, beside what was measured, and complete. */
import {sameName} from '../../../text/same-name.ts';
import type {ItemAnswer, RecordedAnswer} from '../../model/checklist.ts';
import type {CommandData} from '../../model/command.ts';
import type {Refusal} from '../../model/refusal.ts';
import type {Stage} from '../../model/runbook.ts';
import type {StageState} from '../../model/state.ts';
import {unknown} from '../owners.ts';
import {fields, listed, refuse} from '../refusal.ts';

export const unknownItems = (stage: Stage, items: readonly {readonly name: string}[]): Refusal | null => {
	const other = items.find(item => !stage.items.some(name => sameName(name, item.name)));
	return other ? unknown('checklist item', other.name, stage.items) : null;
};

/** Items as the runbook spells them. */
export const spelled = <I extends {readonly name: string}>(stage: Stage, items: readonly I[]): readonly I[] =>
	items.map(item => ({
		...item,
		name: stage.items.find(name => sameName(name, item.name)) ?? item.name,
	}));

export type Report = CommandData['report'];

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
export const answers = (was: StageState, stage: Stage, data: Report): readonly RecordedAnswer[] | Refusal => {
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
			`${listed(left)} ${left.length === 1 ? 'is' : 'are'} not answered.`,
			'Answer each, or give one note for all.',
			fields('item', 'note'),
		);
	return [...given, ...left.map(name => ({name, result, whole: true, overrules: null}))];
};

export const failing = (was: StageState, given: readonly ItemAnswer[]): readonly string[] => {
	const all = {
		...Object.fromEntries(Object.values(was.items).map(item => [item.name, item.result])),
		...Object.fromEntries(given.map(item => [item.name, item.result])),
	};
	return Object.keys(all).filter(name => all[name] === 'fail');
};
