// A terminal for tests: an output stream of some size whose bytes go into a real emulator, and what that emulator then shows.
import {Writable} from 'node:stream';
import xterm from '@xterm/headless';

/** `write` resolves once the emulator has taken it; `bytes` is everything since the last `forget`. */
export class TestTerminal extends Writable {
	readonly isTTY = true;
	columns: number;
	rows: number;
	bytes = '';
	readonly #xterm: InstanceType<typeof xterm.Terminal>;

	constructor(columns: number, rows: number) {
		super({decodeStrings: false});
		this.columns = columns;
		this.rows = rows;
		this.#xterm = new xterm.Terminal({cols: columns, rows, allowProposedApi: true, convertEol: true});
	}

	override _write(chunk: string, _encoding: string, done: () => void): void {
		this.bytes += String(chunk);
		this.#xterm.write(String(chunk));
		done();
	}

	resize(columns: number, rows: number): void {
		this.columns = columns;
		this.rows = rows;
		this.#xterm.resize(columns, rows);
		this.emit('resize');
	}

	/** The bytes written since the last call. */
	taken(): string {
		const {bytes} = this;
		this.bytes = '';
		return bytes;
	}

	settled(): Promise<void> {
		return new Promise(resolve => {
			this.#xterm.write('', resolve);
		});
	}

	/** Each row as text, without the blanks at its end. */
	async lines(): Promise<string[]> {
		await this.settled();
		const buffer = this.#xterm.buffer.active;
		return Array.from(
			{length: this.rows},
			(_, row) =>
				buffer
					.getLine(buffer.baseY + row)
					?.translateToString()
					.trimEnd() ?? '',
		);
	}

	/** The cursor's row and column, from 0. */
	async cursor(): Promise<{row: number; column: number}> {
		await this.settled();
		const {cursorY, cursorX} = this.#xterm.buffer.active;
		return {row: cursorY, column: cursorX};
	}

	/** Which buffer is shown: `normal` or `alternate`. */
	async buffer(): Promise<string> {
		await this.settled();
		return this.#xterm.buffer.active.type;
	}

	/** Each row as its cells: character, width and everything of its style; a blank's is left out where it does not show. */
	async cells(): Promise<string[][]> {
		await this.settled();
		return Array.from({length: this.rows}, (_, row) =>
			Array.from({length: this.columns}, (_, column) => this.#cell(row, column)),
		);
	}

	#cell(row: number, column: number): string {
		const buffer = this.#xterm.buffer.active;
		const cell = buffer.getLine(buffer.baseY + row)?.getCell(column);
		if (!cell) return '';
		const shows = [
			cell.isUnderline(),
			cell.isInverse(),
			cell.isStrikethrough(),
			cell.getBgColorMode(),
			cell.getBgColor(),
		];
		const text = cell.getWidth() === 0 ? '' : cell.getChars() || ' ';
		if (text === ' ' && shows.slice(0, 4).every(shown => shown === 0)) return ' ';
		const ink = [cell.isBold(), cell.isDim(), cell.isItalic(), cell.getFgColorMode(), cell.getFgColor()];
		return [text, cell.getWidth(), ...shows, ...(text === ' ' && cell.isInverse() === 0 ? [] : ink)].join(' ');
	}
}
