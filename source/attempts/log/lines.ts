/* Puts the time before each line of a stream that comes in chunks: the time at which the line began. */

/** By this the last line of a closed log is known. */
export const endMark = 'The log ends here: ';

export class Lines {
	count = 0;
	/** The last chunk ended a line, or nothing came yet. */
	atStart = true;

	/** Latin1 text -> the same with `time ` before each line that begins in it. */
	stamp(text: string, time: string): string {
		if (text === '') return '';
		const mark = `${time} `;
		const whole = text.endsWith('\n');
		const stamped = (whole ? text.slice(0, -1) : text).replaceAll('\n', `\n${mark}`);
		const out = `${this.atStart ? mark : ''}${stamped}${whole ? '\n' : ''}`;
		this.count += (out.length - text.length) / mark.length;
		this.atStart = whole;
		return out;
	}
}
