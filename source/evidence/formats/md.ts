/*
The evidence for people who review it later: the block on top, then everything behind it, a table a subject.
*/

import {identityText, type Person} from '../../cutover/model/person.ts';
import {safe} from '../../text/clean.ts';
import {instant, local} from '../../text/time.ts';
import type {Package} from '../package.ts';
import {textLines} from './text.ts';

type Cell = string | number | null;

const cell = (value: Cell): string =>
	value === null || value === '' ? '–' : safe(String(value)).replaceAll(/[\\|`*_<[\]]/g, '\\$&');

const table = (header: readonly string[], rows: readonly (readonly Cell[])[]): readonly string[] =>
	rows.length === 0
		? ['none']
		: [
				`| ${header.join(' | ')} |`,
				`|${header.map(() => '---').join('|')}|`,
				...rows.map(row => `| ${row.map(cell).join(' | ')} |`),
			];

const section = (title: string, lines: readonly string[]): readonly string[] => ['', `## ${title}`, '', ...lines];

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

const sections: readonly {readonly title: string; lines(evidence: Package): readonly string[]}[] = [
	{
		title: 'Gates',
		lines: ({gates}) =>
			table(
				['gate', 'verdict', 'since', 'by', 'attempts', 'reason or cause'],
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
			),
	},
	{
		title: 'Judgements',
		lines: ({gates}) =>
			table(
				['gate', 'attempt', 'at', 'verdict', 'by', 'reason', 'commit'],
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
			),
	},
	{
		title: 'Acknowledgements',
		lines: ({gates}) =>
			table(
				['gate', 'group', 'word', 'at', 'by', 'reason'],
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
			),
	},
	{
		title: 'Stages',
		lines: ({stages}) =>
			table(
				['stage', 'state', 'planned', 'started', 'ended', 'by', 'reference', 'remark'],
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
			),
	},
	{
		title: 'Checklists',
		lines: ({stages}) =>
			table(
				['stage', 'item', 'result', 'at', 'by', 'how'],
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
						each.items.map(item => [
							stage.id,
							item.name,
							item.result,
							at(each.at),
							name(each.by),
							item.overrules
								? `overrules what was measured (${item.overrules.found}): ${item.overrules.reason}`
								: item.whole
									? 'answered as a whole'
									: 'by itself',
						]),
					),
				]),
			),
	},
	{
		title: 'Holds',
		lines: ({holds}) =>
			table(
				['at', 'cause', 'on', 'reason', 'by'],
				holds.map(each => [at(each.at), each.cause, each.on, each.reason, name(each.by)]),
			),
	},
	{
		title: 'T0 planned',
		lines: ({schedule}) =>
			table(
				['at', 'T0', 'was', 'count', 'reason', 'by'],
				schedule.map(each => [at(each.at), at(each.t0), at(each.was), each.count, each.reason, name(each.by)]),
			),
	},
	{
		title: 'Votes',
		lines: ({votes, fallen, fourEyes}) => [
			...table(
				['stage', 'role', 'vote', 'at', 'by', 'identity', 'reason'],
				votes.map(each => [
					each.stage,
					each.role,
					each.vote,
					at(each.at),
					`${each.by.name}${relayed(each.by)}`,
					identityText(each.by),
					each.reason,
				]),
			),
			...fallen.flatMap(each => ['', `Votes fell at ${at(each.at)}: ${cell(each.reason)}`]),
			...fourEyes.remarks.flatMap(remark => ['', cell(remark)]),
		],
	},
	{
		title: 'Triggers',
		lines: ({triggers}) =>
			table(
				['trigger', 'state', 'text', 'fired', 'outages', 'down in all'],
				triggers.map(each => [
					each.id,
					each.state,
					each.text,
					each.firings.map(firing => at(firing.at)).join(', '),
					each.outages,
					`${each.downSeconds} s`,
				]),
			),
	},
	{
		title: 'Outages of endpoints',
		lines: ({state}) =>
			table(
				['endpoint', 'critical', 'down since', 'until', 'seconds', 'unseen'],
				state.outages.map(each => [
					each.endpoint,
					each.critical ? 'yes' : 'no',
					ms(each.since),
					ms(each.until) ?? 'still down',
					each.seconds,
					each.unseenSeconds,
				]),
			),
	},
	{
		title: 'Rollback',
		lines: ({rollback}) =>
			table(
				['entry', 'at', 'what', 'by'],
				rollback.map(each => [each.seq, at(each.at), each.text, name(each.by)]),
			),
	},
	{
		title: 'Sign-offs',
		lines: ({signOffs, state}) =>
			table(
				['item', 'role', 'text', 'signed', 'by', 'files'],
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
			),
	},
	{
		title: 'Relayed and not confirmed by the speaker',
		lines: ({snapshot}) =>
			table(
				['entry', 'speaker', 'relayed by', 'words'],
				snapshot.unconfirmed.map(each => [each.entry, each.speaker, each.by, each.words]),
			),
	},
	{
		title: 'Attachments',
		lines: ({attachments}) =>
			table(
				['of', 'name', 'path', 'sha256', 'bytes', 'by'],
				attachments.map(each => [each.of, each.name, each.path, each.sha256, each.bytes, name(each.by)]),
			),
	},
	{
		title: 'Logs',
		lines: ({logs}) =>
			table(
				['of', 'attempt', 'path', 'sha256', 'bytes', 'lines'],
				logs.map(each => [each.of, each.attempt, each.path, each.sha256, each.bytes, each.lines]),
			),
	},
	{
		title: 'Notes',
		lines: ({notes}) =>
			table(
				['at', 'on', 'note', 'by'],
				notes.map(each => [at(each.at), each.on, each.text, name(each.by)]),
			),
	},
	{
		title: 'People',
		lines: ({people}) =>
			table(
				['name', 'roles', 'identity', 'login', 'terminal', 'SSH client'],
				people.map(each => [each.name, each.roles.join(', '), identityText(each), each.login, each.tty, each.ssh]),
			),
	},
];

export function asMarkdown(evidence: Package): string {
	const {state, runbook, head} = evidence;
	const lines = [
		`# Evidence: ${cell(runbook.title)}`,
		'',
		'```text',
		...textLines(evidence).map(line => line.replaceAll('```', "'''")),
		'```',
		'',
		`- Cutover: ${cell(state.id)}, ${state.status}${state.rehearsal === null ? '' : ', a REHEARSAL'}`,
		`- Runbook: ${cell(runbook.path)}, ${runbook.digest}`,
		`- Journal: ${head.seq} entries, head ${head.hash}`,
		`- Exported: ${at(evidence.exportedAt)}`,
		...sections.flatMap(({title, lines: body}) => section(title, body(evidence))),
	];
	return `${lines.join('\n')}\n`;
}
