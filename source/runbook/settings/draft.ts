/*
Settings for a runbook that exists: all that was inferred of it, as comments, ready to be taken up. A line with one `#` is a
setting with the value in force; a line with two says why, or what it is for.
*/
import type {Gate, Runbook, Stage, Trigger} from '../../cutover/model/runbook.ts';
import {json, safe} from '../../text/clean.ts';
import {cut} from '../../text/fit.ts';
import {durationText} from '../../text/time.ts';

const widest = 90;

/** One line of a comment, whatever the runbook says. */
const remark = (text: string): string => safe(cut(safe(text.replace(/\s+/g, ' ').trim()), widest));

const quoted = (text: string): string => json(text);

const listed = (texts: readonly string[]): string => `[${texts.map(quoted).join(', ')}]`;

const anyone = (roles: readonly string[]): string => (roles.length === 0 ? 'anyone' : roles.join(' + '));

const group = (name: string, lines: readonly string[]): readonly string[] =>
	lines.length === 0 ? [] : [`# ${name}:`, ...lines];

const checks = {
	command: ({commands}) => commands.join(', then '),
	files: ({files}) => files.join(', '),
	acknowledgement: ({groups}) => `asks ${groups.join(', ')}`,
	statement: ({groups}) => `asks ${anyone(groups)}`,
	playbook: ({playbook}) => playbook ?? '',
} satisfies {[K in Gate['kind']]: (gate: Gate) => string};

const gateLines = (gate: Gate): readonly string[] => {
	const need = gate.kind === 'acknowledgement' ? `, need: ${gate.need}` : '';
	const {timeoutSeconds, maxAgeSeconds} = gate;
	return [
		`## ${remark(`${gate.kind}, ${anyone(gate.owners)}: ${checks[gate.kind](gate)}`)}`,
		`#   ${quoted(gate.id)}: { timeout: ${durationText(timeoutSeconds)}, maxAge: ${durationText(maxAgeSeconds)}${need} }`,
	];
};

const stageLines = ({id, kind, owners, action, gates, timeoutSeconds, start}: Stage): readonly string[] => {
	const values = [
		`start: ${start}`,
		...(gates.length > 0 ? [`gates: ${listed(gates)}`] : []),
		...(timeoutSeconds === null ? [] : [`timeout: ${durationText(timeoutSeconds)}`]),
	];
	return [`## ${remark(`${kind}, ${anyone(owners)}: ${action}`)}`, `#   ${quoted(id)}: { ${values.join(', ')} }`];
};

const triggerLines = (trigger: Trigger): readonly string[] => {
	if (trigger.kind === 'outage')
		return [
			`## ${remark(`outage: ${trigger.text}`)}`,
			`#   ${quoted(trigger.id)}: { threshold: ${durationText(trigger.thresholdSeconds)} }`,
		];
	return [
		`## ${remark(`confirmed by ${anyone(trigger.roles)}: ${trigger.text}`)}`,
		`#   ${quoted(trigger.id)}: { need: ${trigger.need}, answer: ${durationText(trigger.answerSeconds)} }`,
	];
};

/** YAML that changes nothing until a `#` is taken away; `notes` are what was assumed. */
export function draftSettings(runbook: Runbook, name: string, notes: readonly string[]): string {
	const {gates, stages, triggers, rollback, roles} = runbook;
	const lines = [
		`## Settings of ${remark(name)}. Nothing below is in force but its first key: the runbook's own words are.`,
		'## To set something, take away the "# " before it and before the line that it stands under.',
		'cutover: 1',
		'',
		`# title: ${quoted(runbook.title)}`,
		'# environment: "production"',
		'# ticket: "CHG-1"',
		'# t0: 2031-03-08T22:00:00+01:00',
		'# zone: Europe/Berlin',
		'',
		'## Who holds which role; bind one, and every role here must have its people.',
		...group(
			'roles',
			roles.map(role => `#   ${quoted(role)}: ["NAME"]`),
		),
		'',
		...group('gates', gates.flatMap(gateLines)),
		'',
		...group('stages', stages.flatMap(stageLines)),
		'',
		...group('triggers', triggers.flatMap(triggerLines)),
		'',
		...(rollback === null ? [] : [`# rollback: { prove: ${durationText(rollback.proveSeconds)} }`, '']),
		'## Environment variables: values that must never reach a log, and those that playbooks may see.',
		'# secrets: ["SERVICE_TOKEN"]',
		'# pass: ["KUBECONFIG"]',
		...(notes.length === 0 ? [] : ['', '## Assumed while reading:', ...notes.map(note => `## ${remark(note)}`)]),
	];
	return `${lines.join('\n')}\n`;
}
