/*
The commands that are in fences, each to be run by a go-ahead of its own: every line that text/code.ts takes for one. Where lines belong
together (a loop, a here-document, `cd`, a variable) the whole fence is one.
*/
import {areTogether, commandLines} from '../../text/code.ts';
import type {Section} from '../document.ts';
import {type Fence, fencesOf, type Item} from '../markdown/list.ts';

type FenceCommand = {readonly text: string; readonly line: number};

export type Fenced = {
	readonly commands: readonly FenceCommand[];
	/** What cannot be run as it stands: `<host>` left to fill in, another language. */
	readonly faults: readonly FenceCommand[];
};

const shells = /^(?:|bash|sh|shell|zsh|console|shell-session|terminal)$/i;

/** `<host>`, `[Host name]`, `{{name}}`: what a person fills in; `[A-Z]` and `{{.Names}}` are meant as they stand. */
export const hasBlank = (command: string): boolean =>
	/<[A-Za-z][\w ./:-]*>|\[[A-Z][A-Za-z]+(?:[ _-][A-Za-z]+)*\]|\{\{\s*[A-Za-z][\w -]*\}\}/.test(command);

/** What makes the lines behind it depend on it, each being run by itself. */
const lasts =
	/^\s*(?:cd|pushd|export|set|source|\.|unset|alias|read)\s|^\s*[A-Za-z_]\w*=\S*\s*$|^\s*[A-Za-z_]\w*=\$\(|\(\)\s*\{/;

/** Lines that a backslash goes on to are one. */
function joined(lines: readonly FenceCommand[]): readonly FenceCommand[] {
	const whole: FenceCommand[] = [];
	for (const {text, line} of lines) {
		const last = whole.at(-1);
		if (last?.text.endsWith('\\')) whole[whole.length - 1] = {...last, text: `${last.text}\n${text}`};
		else whole.push({text, line});
	}
	return whole;
}

function commandsOf({from, lines, info}: Fence): readonly FenceCommand[] {
	const code = commandLines(lines, info)
		.filter(({text}) => text.trim() !== '' && !/^\s*#/.test(text))
		.map(({text, at}) => ({text: text.trimEnd(), line: from + at}));
	const texts = code.map(({text}) => text);
	const [first] = code;
	if (first && (areTogether(texts) || texts.some(text => lasts.test(text))))
		return [{text: texts.join('\n'), line: first.line}];
	return joined(code.map(({text, line: at}) => ({text: text.trim(), line: at})));
}

export function fencedCommands(fences: readonly Fence[]): Fenced {
	const languageOf = ({info}: Fence): string => /^[\w-]*/.exec(info)?.[0] ?? '';
	const isShell = (fence: Fence): boolean => shells.test(languageOf(fence));
	const commands = fences.filter(isShell).flatMap(commandsOf);
	const others = fences
		.filter(fence => !isShell(fence))
		.map(fence => ({text: `a fence of ${languageOf(fence)}`, line: fence.line}));
	const open = commands.filter(({text}) => hasBlank(text));
	return {commands, faults: [...open, ...(commands.length === 0 ? others : [])]};
}

/** Fences of a document between two lines, those of list items among them. */
export const fencesIn = (sections: readonly Section[], {line, end}: Pick<Item, 'line' | 'end'>): readonly Fence[] =>
	sections
		.flatMap(({blocks}) => blocks)
		.filter(block => block.end >= line && block.line <= end)
		.flatMap(block => (block.kind === 'list' ? block.items.flatMap(fencesOf) : block.kind === 'fence' ? block : []))
		.filter(fence => fence.from > line && fence.from <= end);
