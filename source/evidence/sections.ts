/* The subjects of the evidence behind its text block, a table each, as every format for people has them. */

import {overruledText, type RecordedAnswer} from '../cutover/model/checklist.ts';
import {identityText, type Person} from '../cutover/model/person.ts';
import {sentence} from '../cutover/snapshot/sentence.ts';
import {instant, local} from '../text/time.ts';
import {happened, type Package} from './package.ts';

export type Cell = string | number | null;

/** `remarks`: sentences below the table. */
export type Section = {
	readonly title: string;
	readonly header: readonly string[];
	rows(evidence: Package): readonly (readonly Cell[])[];
	remarks?(evidence: Package): readonly string[];
};

const at = (time: string): string => local(instant(time));
const ms = (time: number | null): string | null => (time === null ? null : local(time));
const relayed = ({relay}: Person): string =>
	relay ? `, RELAYED by ${relay.by} (${relay.channel}): "${relay.words}"` : '';
const signerOf = ({signOffs}: Package['state'], id: string): string | null => {
	const by = signOffs[id]?.by;
	return by === undefined ? null : name(by);
};

const name = (by: Person): string =>
	`${by.name}${by.role === null ? '' : ` (${by.role})`}${relayed(by)}${by.strength === 'process' ? '' : ` [${identityText(by)}]`}`;

const answeredHow = (item: RecordedAnswer): string =>
	overruledText(item) || (item.whole ? 'answered as a whole' : 'by itself');

export const sections: readonly Section[] = [
	{
		title: 'Approved versions',
		header: ['entry', 'at', 'by', 'file', 'sha256'],
		rows: ({entries}) =>
			[...happened(entries, 'begun'), ...happened(entries, 'approved')].flatMap(each =>
				[[each.runbook.path, each.runbook.digest], ...Object.entries(each.approved)].map(([path = '', digest = '']) => [
					each.seq,
					at(each.at),
					name(each.by),
					path,
					digest,
				]),
			),
	},
	{
		title: 'Gates',
		header: ['gate', 'verdict', 'since', 'by', 'attempts', 'reason or cause'],
		rows: ({gates}) =>
			gates.map(gate => [
				`${gate.id} ${gate.title}`,
				gate.verdict,
				ms(gate.since),
				gate.by,
				gate.attempt,
				gate.failedBefore > 0
					? `passed after ${gate.failedBefore} failed: ${gate.cause ?? 'no cause given'}`
					: gate.reason,
			]),
	},
	{
		title: 'Judgements',
		header: ['gate', 'attempt', 'at', 'verdict', 'by', 'reason', 'commit'],
		rows: ({gates}) =>
			gates.flatMap(gate =>
				gate.judgements.map(each => [
					gate.id,
					each.attempt,
					at(each.at),
					each.verdict,
					name(each.by),
					each.reason,
					each.head,
				]),
			),
	},
	{
		title: 'Acknowledgements',
		header: ['gate', 'group', 'word', 'at', 'by', 'reason'],
		rows: ({gates}) =>
			gates.flatMap(gate =>
				gate.answers.map(each => [
					gate.id,
					each.group,
					each.yes ? 'yes' : 'no',
					at(each.at),
					name(each.by),
					each.reason,
				]),
			),
	},
	{
		title: 'Stages',
		header: ['stage', 'state', 'planned', 'started', 'ended', 'by', 'reference', 'remark'],
		rows: ({stages}) =>
			stages.map(stage => [
				stage.id,
				stage.state,
				ms(stage.planned),
				ms(stage.started),
				ms(stage.ended),
				stage.by,
				stage.reference,
				stage.remark,
			]),
	},
	{
		title: 'Checklists',
		header: ['stage', 'item', 'result', 'at', 'by', 'how'],
		rows: ({stages}) =>
			stages.flatMap(stage => [
				...stage.measured.flatMap(each =>
					each.items.map(item => [
						stage.id,
						item.name,
						item.result ?? 'for a person',
						at(each.at),
						name(each.by),
						`measured: ${item.found}`,
					]),
				),
				...stage.answers.flatMap(each =>
					each.items.map(item => [stage.id, item.name, item.result, at(each.at), name(each.by), answeredHow(item)]),
				),
			]),
	},
	{
		title: 'Holds',
		header: ['at', 'cause', 'on', 'reason', 'by'],
		rows: ({holds}) => holds.map(each => [at(each.at), each.cause, each.on, each.reason, name(each.by)]),
	},
	{
		title: 'T0 planned',
		header: ['at', 'T0', 'was', 'count', 'reason', 'by'],
		rows: ({schedule}) =>
			schedule.map(each => [at(each.at), at(each.t0), at(each.was), each.count, each.reason, name(each.by)]),
	},
	{
		title: 'Votes',
		header: ['stage', 'role', 'vote', 'at', 'by', 'identity', 'reason'],
		rows: ({votes}) =>
			votes.map(each => [
				each.stage,
				each.role,
				each.vote,
				at(each.at),
				`${each.by.name}${relayed(each.by)}`,
				identityText(each.by),
				each.reason,
			]),
		remarks: ({fallen, fourEyes}) => [
			...fallen.map(each => `Votes withdrawn at ${at(each.at)}: ${each.reason}`),
			...fourEyes.remarks,
		],
	},
	{
		title: 'Triggers',
		header: ['trigger', 'state', 'text', 'fired', 'outages', 'down in all'],
		rows: ({triggers}) =>
			triggers.map(each => [
				each.id,
				each.state,
				each.text,
				each.firings.map(firing => at(firing.at)).join(', '),
				each.outages,
				`${each.downSeconds} s`,
			]),
	},
	{
		title: 'Outages of endpoints',
		header: ['endpoint', 'critical', 'down since', 'until', 'seconds', 'unseen'],
		rows: ({state}) =>
			state.outages.map(each => [
				each.endpoint,
				each.critical ? 'yes' : 'no',
				ms(each.since),
				ms(each.until) ?? 'still down',
				each.seconds,
				each.unseenSeconds,
			]),
	},
	{
		title: 'Rollback',
		header: ['entry', 'at', 'what', 'by'],
		rows: ({rollback}) => rollback.map(each => [each.seq, at(each.at), each.text, name(each.by)]),
	},
	{
		title: 'Sign-offs',
		header: ['item', 'role', 'text', 'signed', 'by', 'files'],
		rows: ({signOffs, state}) =>
			signOffs.map(each => [
				each.id,
				each.role,
				each.text,
				each.signed ? ms(each.at) : (each.notRecorded ?? 'not signed'),
				signerOf(state, each.id),
				Object.entries(each.files)
					.map(([path, digest]) => `${path} ${digest ?? 'missing'}`)
					.join(', '),
			]),
	},
	{
		title: 'Acts by personal link',
		header: ['entry', 'at', 'what', 'how', 'from', 'text that was shown, sha256'],
		rows: ({entries}) =>
			entries
				// What follows from an act is not shown again.
				.filter(({by, cause}, index) => by.shown !== undefined && entries[index - 1]?.cause !== cause)
				.map(entry => [
					entry.seq,
					at(entry.at),
					sentence(entry),
					identityText(entry.by),
					entry.by.web?.from ?? null,
					entry.by.shown?.sha256 ?? null,
				]),
		remarks: ({entries}) =>
			entries.some(({by}) => by.shown !== undefined)
				? ['Each text is in the folder of the cutover: evidence/shown/SHA256.txt.']
				: [],
	},
	{
		title: 'Relayed and not confirmed by the speaker',
		header: ['entry', 'speaker', 'relayed by', 'words'],
		rows: ({snapshot}) => snapshot.unconfirmed.map(each => [each.entry, each.speaker, each.by, each.words]),
	},
	{
		title: 'Attachments',
		header: ['of', 'name', 'path', 'sha256', 'bytes', 'by'],
		rows: ({attachments}) =>
			attachments.map(each => [each.of, each.name, each.path, each.sha256, each.bytes, name(each.by)]),
	},
	{
		title: 'Logs',
		header: ['of', 'attempt', 'path', 'sha256', 'bytes', 'lines'],
		rows: ({logs}) => logs.map(each => [each.of, each.attempt, each.path, each.sha256, each.bytes, each.lines]),
	},
	{
		title: 'Notes',
		header: ['at', 'on', 'note', 'by'],
		rows: ({notes}) => notes.map(each => [at(each.at), each.on, each.text, name(each.by)]),
	},
	{
		title: 'People',
		header: ['name', 'roles', 'identity', 'login', 'terminal', 'SSH client'],
		rows: ({people}) =>
			people.map(each => [each.name, each.roles.join(', '), identityText(each), each.login, each.tty, each.ssh]),
	},
];
