/**
 * Screens as SVG: what a terminal emulator shows after the program's bytes, a text a style. With several frames they follow one
 * another; a row that stays the same is drawn once.
 */
import xterm, {type IBufferCell, type Terminal} from '@xterm/headless';
import type {Size} from '../../source/screen/state/view.ts';

const base = ['#1c1f26', '#e05561', '#8cc265', '#d9a343', '#4aa5f0', '#c162de', '#42b3c2', '#d7dae0'];
const bright = ['#5c6370', '#ff616e', '#a5e075', '#f0b95c', '#67b7ff', '#de73ff', '#4cd1e0', '#ffffff'];
const palette = [...base, ...bright];
const [paper = '', , , , , , , ink = ''] = base;

const cell = {width: 8, height: 18} as const;
const margin = 10;

/** One screen, and for how many seconds it is shown. */
export type Frame = {readonly bytes: string; readonly seconds: number};

const escaped = (text: string): string =>
	text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** Blanks that no viewer makes one of. */
const kept = (text: string): string => escaped(text).replaceAll(' ', '\u00a0');

type Style = {readonly front: string; readonly back: string; readonly bold: boolean; readonly dim: boolean};

const styleOf = (at: IBufferCell): Style => {
	const own = at.isFgDefault() ? ink : (palette[at.getFgColor()] ?? ink);
	const behind = at.isBgDefault() ? paper : (palette[at.getBgColor()] ?? paper);
	const [front, back] = at.isInverse() ? [behind, own] : [own, behind];
	return {front, back, bold: at.isBold() !== 0, dim: at.isDim() !== 0};
};

type Run = Style & {readonly column: number; text: string; width: number};

/** Neighbours of one style are one text; each is where its column is, whatever the font. */
function runsOf(terminal: Terminal, row: number): readonly Run[] {
	const line = terminal.buffer.active.getLine(row);
	const runs: Run[] = [];
	for (let column = 0; column < terminal.cols; column++) {
		const at = line?.getCell(column);
		if (at === undefined || at.getWidth() === 0) continue;
		const style = styleOf(at);
		const last = runs.at(-1);
		const isSame =
			last !== undefined &&
			(['front', 'back', 'bold', 'dim'] as const).every(key => last[key] === style[key]) &&
			last.column + last.width === column;
		if (isSame) {
			last.text += at.getChars() || ' ';
			last.width += at.getWidth();
		} else runs.push({...style, column, text: at.getChars() || ' ', width: at.getWidth()});
	}
	return runs;
}

const rowText = (terminal: Terminal, row: number): string => {
	const y = margin + row * cell.height;
	return runsOf(terminal, row)
		.map(({column, text, width, front, back, bold, dim}) => {
			const x = margin + column * cell.width;
			const long = width * cell.width;
			const behind =
				back === paper ? '' : `<rect x="${x}" y="${y}" width="${long}" height="${cell.height}" fill="${back}"/>`;
			if (text.trim() === '') return behind;
			const look = `${front === ink ? '' : ` fill="${front}"`}${bold ? ' font-weight="bold"' : ''}${dim ? ' opacity=".6"' : ''}`;
			return `${behind}<text x="${x}" y="${y + 13}" textLength="${long}"${look}>${kept(text)}</text>`;
		})
		.join('');
};

async function terminalOf(bytes: string, {columns, rows}: Size): Promise<Terminal> {
	const terminal = new xterm.Terminal({cols: columns, rows, allowProposedApi: true, convertEol: true});
	await new Promise<void>(done => terminal.write(bytes, done));
	return terminal;
}

const percent = (part: number, whole: number): string => `${Number(((100 * part) / whole).toFixed(3))}%`;

/** Keyframes that show an element from one frame to before another. */
function showing(from: number, to: number, ends: readonly number[]): string {
	const whole = ends.at(-1) ?? 1;
	const [begin, end] = [from === 0 ? 0 : (ends[from - 1] ?? 0), ends[to - 1] ?? whole];
	const steps = [
		...(from === 0 ? [] : ['0%{visibility:hidden}']),
		`${percent(begin, whole)}{visibility:visible}`,
		...(end === whole ? [] : [`${percent(end, whole)}{visibility:hidden}`, '100%{visibility:hidden}']),
	];
	return `@keyframes f${from}-${to}{${steps.join('')}}.f${from}-${to}{animation:f${from}-${to} ${whole}s step-end infinite${from === 0 ? '' : ';visibility:hidden'}}`;
}

type Piece = {readonly from: number; readonly to: number; readonly text: string};

/** A row's contents, each for as many frames in a row as it stays. */
function piecesOf(texts: readonly string[]): readonly Piece[] {
	const pieces: Piece[] = [];
	texts.forEach((text, index) => {
		const last = pieces.at(-1);
		if (last?.text === text) pieces[pieces.length - 1] = {...last, to: index + 1};
		else pieces.push({from: index, to: index + 1, text});
	});
	return pieces.filter(({text}) => text !== '');
}

/** Its width and height. */
export const pixelsOf = ({columns, rows}: Size): readonly [number, number] => [
	columns * cell.width + 2 * margin,
	rows * cell.height + 2 * margin,
];

/** `title`: what it shows, for those who cannot see it. */
export async function toSvg(frames: readonly Frame[], size: Size, title: string): Promise<string> {
	const terminals = await Promise.all(frames.map(({bytes}) => terminalOf(bytes, size)));
	const ends = frames.map((_, index) => frames.slice(0, index + 1).reduce((sum, {seconds}) => sum + seconds, 0));
	const used = new Map<string, string>();
	const rows = Array.from({length: size.rows}, (_, row) =>
		piecesOf(terminals.map(terminal => rowText(terminal, row)))
			.map(({from, to, text}) => {
				if (from === 0 && to === frames.length) return text;
				used.set(`f${from}-${to}`, showing(from, to, ends));
				return `<g class="f${from}-${to}">${text}</g>`;
			})
			.join(''),
	);
	const [width, height] = pixelsOf(size);
	const still = '@media (prefers-reduced-motion:reduce){g{animation:none!important}}';
	const styles = used.size === 0 ? '' : `<style>${[...used.values()].join('')}${still}</style>`;
	return [
		`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">`,
		`<title>${escaped(title)}</title>${styles}`,
		`<rect width="${width}" height="${height}" rx="6" fill="${paper}"/>`,
		`<g font-family="ui-monospace,'DejaVu Sans Mono',Menlo,Consolas,monospace" font-size="13" fill="${ink}">`,
		...rows.filter(row => row !== ''),
		'</g>',
		'</svg>',
		'',
	].join('\n');
}
