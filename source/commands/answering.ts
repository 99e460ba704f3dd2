/** The answers of people to what a gate asks of their group. */
import {answersOf, choice, field, orNull, reason, type Values} from './field.ts';
import {type Draft, forbids, runbookOf, type Situation} from './situation.ts';
import {type Spec, type Step, send} from './spec.ts';

const gateOf = (situation: Situation, id: string) => runbookOf(situation).gates.find(gate => gate.id === id);

/** Groups that have not answered, else all: somebody may change their mind. */
const groupsOf = (situation: Situation, on: string): readonly string[] => {
	const open = situation.snapshot.gates.find(({id}) => id === on)?.awaits ?? [];
	return open.length > 0 ? open : (gateOf(situation, on)?.groups ?? []);
};

const answerDraft = (gate: string, group: string | null, yes: boolean, why: string | null): Draft => ({
	type: 'acknowledge',
	data: {gate, group, yes, reason: why},
});

/** Those for whom the person here may speak; all of them where they may speak for none and pass the answers on. */
const mine = (situation: Situation, on: string): readonly string[] => {
	const groups = groupsOf(situation, on);
	const own = groups.filter(group => !forbids(situation.would(answerDraft(on, group, true, null), group)));
	return own.length > 0 ? own : groups;
};

const saysNo = (values: Values): boolean => answersOf(values, 'group').some(([, answer]) => answer === 'no');

export const acknowledge: Spec = {
	title: 'Answer for a gate',
	summary: 'answers yes or no to what a gate asks of a group',
	help: 'Acknowledges or denies what a gate asks of a group, by name. --role is the group that answers, such as L1.',
	examples: [
		'acknowledge G4 --role L1',
		'acknowledge G5 --no --reason "blocker ACC-12 is open"',
		'acknowledge G4 --role L2 --for lena --relayed phone --words "read both"',
	],
	lines: [{command: 'acknowledge'}],
	target: 'gate',
	targets: situation =>
		runbookOf(situation)
			.gates.filter(gate => gate.groups.length > 0)
			.map(gate => choice(gate.id, `${gate.id} ${gate.title}`)),
	nothing: 'No gate of the runbook asks people for an answer.',
	relayable: true,
	fields: [
		field('group', 'checklist', '', {
			only: 'form',
			rows: mine,
			choices: () => [choice('yes', 'yes'), choice('no', 'no')],
			requiredWhen: values => answersOf(values, 'group').length === 0,
		}),
		field('no', 'flag', 'deny it, which takes a --reason', {only: 'line'}),
		{...reason, hint: 'a no needs a reason', requiredWhen: saysNo, askedWhen: saysNo},
	],
	about: (situation, on) => {
		const gate = gateOf(situation, on);
		return gate === undefined
			? []
			: [
					`${gate.id} ${gate.title}`,
					...(gate.passWhen === '' ? [] : [`pass when: ${gate.passWhen}`]),
					...gate.files.map(file => `cites ${file}`),
				];
	},
	probe: (situation, on) => answerDraft(on, mine(situation, on)[0] ?? null, true, null),
	steps: (values, on) => {
		const why = orNull(values['reason']);
		const answers = answersOf(values, 'group');
		if (answers.length > 0)
			return answers.map(
				([group, answer]): Step => ({
					draft: answerDraft(on, group, answer === 'yes', answer === 'yes' ? null : why),
					as: group,
				}),
			);
		return send(answerDraft(on, orNull(values['role']), values['no'] !== 'yes', why), orNull(values['role']));
	},
};
