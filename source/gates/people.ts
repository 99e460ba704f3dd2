/* Gates that people judge by their word: the rules of the core take it. */
import type {Gate} from '../cutover/model/runbook.ts';
import type {GateKind} from './gate-kind.ts';

const cited = ({files}: Gate): string => (files.length > 0 ? `; ${files.join(', ')}` : '');

export const acknowledgement: GateKind = {
	when: 'the text says reviewed, acknowledged, approved or confirmed by named groups',
	passes: 'every named group answers yes by name; the files that it cites exist',
	named: ['acknowledgement gate', 'acknowledgement gates', 'acknowledgements', '确认类门禁'],
	summary(gate) {
		const {groups, need} = gate;
		const who = need === 'all' ? groups.join(', ') : `any of ${groups.join(', ')}`;
		return `${who} ${need === 'all' && groups.length > 1 ? 'say' : 'says'} yes${cited(gate)}`;
	},
	read: ({groups, any, cited: files}) => (groups.length === 0 ? null : {files, groups, need: any ? 'any' : 'all'}),
	check: null,
};

export const statement: GateKind = {
	when: 'anything else',
	passes: 'its owner answers yes; the files that it cites exist',
	named: ['statement gate', 'statement gates', 'statements'],
	summary: gate =>
		`${gate.groups.join(' + ') || 'anyone'} says yes${gate.passWhen === '' ? '' : `: ${gate.passWhen}`}${cited(gate)}`,
	read: () => null,
	check: null,
};
