/*
The commands that stand in fences, each to be run by a go-ahead of its own. With prompts (`$ `) only the lines behind one are commands, the
rest is output that was pasted. Without them every line is one; where lines belong together (a loop, a here-document, `cd`, a variable) the
whole fence is.
*/

type FenceCommand = {readonly text: string; readonly line: number};

export type Fenced = {
	readonly commands: readonly FenceCommand[];
	/** What cannot be run as it stands: `<host>` left to fill in, another language. */
	readonly faults: readonly {readonly text: string; readonly line: number}[];
};

const shells = /^(?:|bash|sh|shell|zsh|console|shell-session|terminal)$/i;
const opening = /^\s*(?:```+|~~~+)\s*([\w-]*)/;
const prompt = /^\s*(?:[\w.@~:/-]{0,40})?[$#] (?=\S)/;
const placeholder = /<[a-z][\w .-]*>|\[[A-Z][A-Z_ -]+\]|\{\{[^}]*\}\}/;
/** What makes lines depend on those before them. */
const together =
	/^\s*(?:for|while|until|if|case|select|function)\b|<<-?\s*['"\w]|^\s*(?:cd|pushd|export|set|source|\.|unset|alias|read)\s|^\s*[A-Za-z_]\w*=\S*\s*$|^\s*[A-Za-z_]\w*=\$\(|\(\)\s*\{/;

type Fence = {readonly language: string; readonly line: number; readonly lines: readonly string[]};

function fencesIn(lines: readonly string[], from: number, to: number): readonly Fence[] {
	const found: Fence[] = [];
	for (let at = from; at <= to; at++) {
		const [mark, language = ''] = opening.exec(lines[at - 1] ?? '') ?? [];
		if (mark === undefined) continue;
		const close = new RegExp(`^\\s*${mark.trim().slice(0, 3)}`);
		let end = at + 1;
		while (end <= to && !close.test(lines[end - 1] ?? '')) end++;
		found.push({language, line: at, lines: lines.slice(at, end - 1)});
		at = end;
	}
	return found;
}

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

function prompted({lines, line}: Fence): readonly FenceCommand[] {
	const commands: FenceCommand[] = [];
	for (const [index, text] of lines.entries()) {
		const last = commands.at(-1);
		if (prompt.test(text)) commands.push({text: text.replace(prompt, '').trimEnd(), line: line + 1 + index});
		else if (last?.text.endsWith('\\'))
			commands[commands.length - 1] = {...last, text: `${last.text}\n${text.replace(/^\s*> ?/, '')}`};
	}
	return commands;
}

function commandsOf(fence: Fence): readonly FenceCommand[] {
	if (fence.lines.some(text => /^\s*(?:[\w.@~:/-]{0,40})?\$ \S/.test(text))) return prompted(fence);
	const lines = fence.lines.map((text, index) => ({text: text.trimEnd(), line: fence.line + 1 + index}));
	const code = lines.filter(({text}) => text.trim() !== '' && !/^\s*#/.test(text));
	const [first] = code;
	if (!first) return [];
	if (code.some(({text}) => together.test(text)))
		return [{text: code.map(({text}) => text).join('\n'), line: first.line}];
	return joined(code.map(({text, line}) => ({text: text.trim(), line})));
}

/** Of the lines `from` to `to` of a file, both from 1. */
export function fencedCommands(lines: readonly string[], from: number, to: number): Fenced {
	const fences = fencesIn(lines, from, to);
	const commands = fences.filter(({language}) => shells.test(language)).flatMap(commandsOf);
	const others = fences
		.filter(({language}) => !shells.test(language))
		.map(({language, line}) => ({text: `a fence of ${language}`, line}));
	const open = commands.filter(({text}) => placeholder.test(text)).map(({text, line}) => ({text, line}));
	return {commands, faults: [...open, ...(commands.length === 0 ? others : [])]};
}
