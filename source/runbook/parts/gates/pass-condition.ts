/*
Pass conditions of command gates: exit codes, output and numbers, as far as a command's end and output can show them.
*/
import {type Expect, nowhere, whole} from '../../../cutover/model/expect.ts';
import {printedUnit} from '../../words/amounts.ts';
import {says, words} from '../../words/words.ts';

/** `plain`: exit code 0 says it. `unjudged`: nothing here can tell whether it holds. */
export type Condition = Expect | 'plain' | 'unjudged';

const exitWords = `(?:exit(?:s|ed)?(?: with)?|exit(?:s| code| status)|return code|status code|rc)(?: code| status)?`;
const nonzero = new RegExp(
	`^(?:(?:a )?non[- ]?zero(?: ${exitWords})?|${exitWords}(?: is|:)? (?:not 0|!= ?0|<> ?0|other than 0|> ?0|(?:a )?non[- ]?zero|an? (?:error|failure))(?: code| status)?|(?:it |command |the command )?(?:must |should )?fails?|(?:it |the command )?(?:must|should|does|do) not (?:exit(?: with)?(?: code)? 0|return 0|succeed)|(?:退出码|返回码)\\s*(?:不为|不是|不等于|非|!=|≠)\\s*0)$`,
);
const exits = new RegExp(
	String.raw`^${exitWords}(?: is| of| must be|:| =| ==|=)? ?(\d{1,3})(?:(?: or |, ?| ?/ ?)(\d{1,3}))?$`,
);
const nothing =
	/^(?:(?:输出|结果|列表)(?:为|是)?空|(?:无|没有)(?:输出|匹配|结果)|(?:the )?(?:output|result|list|stdout) (?:is )?empty|(?:an )?empty(?: output| result| list| stdout)?|no (?:output|matches|results?|rows?|lines?|hits?|entries|records?|findings|diff(?:erences?)?|changes)(?: (?:found|printed|returned|shown|listed))?|nothing (?:is )?(?:printed|returned|found|listed|shown)|(?:prints|shows|returns|lists|outputs|finds|displays) (?:nothing|no (?:output|rows?|lines?|matches|results?)))$/;
const prints =
	/^(?:(?:the )?(?:output|stdout|result|response|answer|body|it) )?(?:prints?|shows?|outputs?|displays?|says|reports?|contains?|includes?|returns?|answers?(?: with)?|lists?|matches|is|equals|http|status|http status|status code|has)(?: is|:| the text| the word| the line)? (.+)$/;
const lacks =
	/^(?:(?:the )?(?:output|stdout|result|response|answer|body|log|it) )?(?:does not|doesn't|must not|never) (?:contain|include|show|print|mention|match|say) (?:the (?:text|word) )?(.+)$/i;
const oneOf =
	/^(?:(?:the )?(?:http|http status|status|status code|response|response code)(?: is|:| code)? |returns? )?(\d{3}) or (\d{3})$/;
const httpStatus = /^(?:http )?(\d{3}) (?:ok|created|accepted|no content)$/;
const exactly = /^(?:returns?|prints?|shows?|lists?|exactly|equals?)(?: exactly)? (\d+) ([a-z]{2,20})$/;
const range = /^(?:[\w %/-]{0,60}? )?(?:is )?between (-?\d+(?:\.\d+)?) and (-?\d+(?:\.\d+)?)\s?(%|[a-z]{1,12})?$/;
/** How long it takes and how it exits is nothing that it prints, and versions are no numbers: 4.10 is newer than 4.9. */
const notOfOutput =
	/^(?:exit|return code|status code|rc)\b|^(?:completes?|finish(?:es)?|ends?|takes?|runs?|responds?|answers?|done|ready|succeeds?|passes)\b.*\b(?:in|within|under|less than|faster than|after|before)\b.*\d|\bversion\b.*(?:[<>≤≥]|\b(?:least|most|newer|older|above|below|later)\b)/;
const version = /^(?:the )?(?:[a-z-]{1,20} )?version(?: is|:| =| equals)? v?(\d[\w.-]{0,30})$/;
const limits: readonly (readonly [RegExp, 'below' | 'atMost' | 'above' | 'atLeast'])[] = [
	[/(?:<=|≤|at most|no more than|not more than|up to|maximum(?: of)?|max\.?)/, 'atMost'],
	[/(?:>=|≥|at least|no less than|not less than|minimum(?: of)?|min\.?)/, 'atLeast'],
	[/(?:<|below|under|less than|lower than|fewer than|smaller than)/, 'below'],
	[/(?:>|above|over|more than|greater than|higher than|exceeds)/, 'above'],
];
const number = /^(-?\d+(?:\.\d+)?)\s?(%|[a-z]{1,12})?$/;
const zeroOf = /^0 ([a-z-]{2,20})(?: [a-z -]{1,30})?$|^(?:count|number of [a-z ]{1,30}|total) (?:is |= ?|== ?)?0$/;

function limitOf(text: string): Expect | null {
	if (notOfOutput.test(text)) return null;
	const [, low, high, of] = range.exec(text) ?? [];
	if (low !== undefined)
		return {atLeast: Number(low), atMost: Number(high), ...(of === undefined ? {} : {unit: printedUnit(of)})};
	for (const [pattern, key] of limits) {
		const found = new RegExp(String.raw`^(?:[\w %/-]{0,60}?(?:is |stays |remains )?)${pattern.source} ?(.+)$`).exec(
			text,
		)?.[1];
		const [, value, unit] = number.exec(found ?? '') ?? [];
		if (value !== undefined) return {[key]: Number(value), ...(unit === undefined ? {} : {unit: printedUnit(unit)})};
	}
	return null;
}

/** What is in quotes or code, or one word or number. */
function printed(text: string): string | null {
	const quoted = /^["'`“„‘](.{1,200})["'`”“’]$/.exec(text)?.[1];
	if (quoted !== undefined) return quoted;
	return /^[A-Z][A-Z0-9_-]{1,30}$|^\d[\d.]{0,20}$|^true$|^false$/.test(text) ? text : null;
}

const signals =
	/\d|[<>=≤≥]|输出|显示|打印|包含|[不非除]|\b(?:no|not|never|none|without|zero|other|except|unless|but|an? error|output|stdout|stderr|response|body|printed|shown|appears?|lines?|words?|says?|(?:ends?|starts?|begins?) with|empty|below|above|under|over|less|more|fewer|least|most|equals?|same|match(?:es)?|version|prints?|shows?|contains?|fails?|non|unchanged|identical|only|true|false)\b|\b(?:status|state|mode|phase|role|health)\s?(?:is\b|[:=])/i;
/** `READY or DONE`: one of two texts. */
const either = /[A-Z]{3,} or [A-Z]{3,}/;

/** What a part in lower case, with 0 for zero, asks for: by the first that it is. */
const rules: readonly (readonly [RegExp, (found: readonly string[], command: string) => Condition])[] = [
	[nonzero, () => ({exit: 'nonzero'})],
	[
		exits,
		([, ...found]) => (found.join('') === '0' ? 'plain' : {exit: found.flatMap(code => (code ? Number(code) : []))}),
	],
	[nothing, (_, command) => ({empty: true, ...(/\b(?:grep|rg|ag)\b/.test(command) ? {exit: [0, 1]} : {})})],
	[version, ([, shown = '']) => ({stdout: whole(shown)})],
	[/^(?:no|without) errors?$|^error[- ]free$/, () => 'plain'],
	// A command that ends well may have counted some.
	[/^0 errors?$/, () => 'unjudged'],
	[/(?:^| )returns? 0$|^(?:退出码|返回码|返回)\s*(?:为|是|=|:|：)?\s*0$/, () => 'plain'],
	[zeroOf, ([, unit]) => ({atLeast: 0, atMost: 0, ...(unit === undefined ? {} : {unit})})],
	[oneOf, ([, one, two]) => ({stdout: `(?<![\\w.])(?:${one}|${two})(?![\\w]|\\.\\d)`})],
	[httpStatus, ([, status = '']) => ({stdout: whole(status)})],
	[exactly, ([, count, unit = '']) => ({atLeast: Number(count), atMost: Number(count), unit: printedUnit(unit)})],
];

/** One part of a condition; `given` as it is written, for what is compared letter by letter. */
function partOf(given: string, command: string): Condition {
	const text = given
		.trim()
		.replace(/[.。]$/, '')
		.replace(
			/^(?:both|all(?: of them)?|each|every command|(?:the |each )?commands?)\s+(?=exits?\b|returns?\b|fails?\b)/i,
			'',
		)
		.replace(/(?<=\d)\s*\([^()\d]{1,60}\)$/, '');
	const low = text
		.toLowerCase()
		.replace(/\s+/g, ' ')
		.replace(/(?<!non[- ]?)\bzero\b/, '0');
	for (const [pattern, read] of rules) {
		const found = pattern.exec(low);
		if (found) return read(found, command);
	}
	const value = printed((prints.exec(text) ?? prints.exec(low))?.[1]?.trim() ?? '');
	if (value !== null) return {stdout: whole(value)};
	const lacked = printed(lacks.exec(text)?.[1]?.trim() ?? '');
	if (lacked !== null) return {stdout: nowhere(lacked)};
	const regex = /^(?:output |stdout |it )?matches \/(.{1,200})\/$/i.exec(text)?.[1];
	if (regex !== undefined) return {stdout: regex};
	const alone = printed(text);
	if (alone !== null && /^\d[\d.]*$/.test(text)) return {is: text};
	if (alone !== null && /^["'`“„‘]/.test(text)) return {stdout: whole(alone)};
	const limit = limitOf(low);
	if (limit) return limit;
	if (/^[A-Z][A-Z_-]{3,30}$/.test(text) && !says(text, words.passing)) return {stdout: whole(text)};
	const isPlain = [words.passing, words.exits, words.present].some(list => says(text, list));
	return isPlain && !either.test(text) && !signals.test(low.replace(/\bexit(?:s| code| status)? 0\b/g, ' '))
		? 'plain'
		: 'unjudged';
}

/** Between parts, outside quotes and code. */
const joint = /\s*(?:;|,(?: and)?|\band\b|&&?|\+)\s*(?=(?:[^"'`]*["'`][^"'`]*["'`])*[^"'`]*$)/i;

/** What a pass condition asks of a command. `command`: its lines, which may say what an exit code means. */
export function conditionOf(pass: string, command: string): Condition {
	if (pass.trim() === '' || pass.length > 400) return pass.trim() === '' ? 'plain' : 'unjudged';
	const one = partOf(pass, command);
	if (one !== 'unjudged') return one;
	const parts = pass.split(joint).filter(part => part.trim() !== '');
	if (parts.length < 2) return one;
	const read = parts.map(part => partOf(part, command));
	if (read.includes('unjudged')) return 'unjudged';
	const found = read.filter(part => typeof part !== 'string');
	const keys = found.flatMap(part => Object.keys(part));
	// Two texts cannot be one pattern.
	if (new Set(keys).size < keys.length) return 'unjudged';
	return found.length === 0 ? 'plain' : Object.assign({}, ...found);
}

/** Whether a text asks more of a command than that it ends well, in words that may be too free to be judged. */
export const saysWhatIsShown = (text: string): boolean =>
	typeof conditionOf(text, '') !== 'string' || prints.test(text);
