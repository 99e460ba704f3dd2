// Where the real terminal's cursor is and what it wears, as far as that is known, and the fewest bytes to change it.
import {type StyleId, sgrBetween} from './style.ts';

const csi = '\u001b[';

const shortest = (ways: readonly string[]) => ways.reduce((best, way) => (way.length < best.length ? way : best));
const times = (n: number) => (n === 1 ? '' : String(n));

/** Gathers bytes for the terminal; rows and columns count from 0, `null` is unknown. */
export class Pen {
	bytes = '';
	row: number | null = null;
	column: number | null = null;
	style: StyleId = 0;
	readonly #columns: number;

	constructor(columns: number) {
		this.#columns = columns;
	}

	/** Blanks the whole terminal in no style. */
	clear(): void {
		this.bytes += `${csi}m${csi}H${csi}2J`;
		this.row = 0;
		this.column = 0;
		this.style = 0;
	}

	moveTo(row: number, column: number): void {
		if (this.row === row && this.column === column) return;
		this.bytes += shortest(this.#ways(row, column));
		this.row = row;
		this.column = column;
	}

	wear(style: StyleId): void {
		this.bytes += sgrBetween(this.style, style);
		this.style = style;
	}

	/** Writes text of this many columns; past the last one terminals disagree on where the cursor is. */
	write(text: string, width: number): void {
		this.bytes += text;
		if (this.column !== null) this.column += width;
		if (this.column === this.#columns) this.column = null;
	}

	/** Writes a grapheme whose width terminals disagree on. */
	writeUnsure(text: string): void {
		this.bytes += text;
		this.column = null;
	}

	eraseLine(): void {
		this.bytes += `${csi}K`;
	}

	#ways(row: number, column: number): string[] {
		const ways = [column === 0 ? `${csi}${row === 0 ? '' : row + 1}H` : `${csi}${row + 1};${column + 1}H`];
		if (this.row === null) return ways;
		const down = row - this.row;
		if (down === 0) ways.push(`${csi}${column === 0 ? '' : column + 1}G`);
		if (down > 0 && column === 0) ways.push(`${csi}${times(down)}E`);
		if (this.column === null) return ways;
		const right = column - this.column;
		if (down === 0 && right > 0) ways.push(`${csi}${times(right)}C`);
		if (down === 0 && right < 0) ways.push(right === -1 ? '\b' : `${csi}${-right}D`);
		if (right === 0) ways.push(`${csi}${times(Math.abs(down))}${down > 0 ? 'B' : 'A'}`);
		return ways;
	}
}
