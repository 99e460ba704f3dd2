/* An error of the operating system while an attempt's files are made, as the fault of the store that a command or a screen shows. */
import {StoreFault} from '../cutover/ports.ts';
import {isSystemError, systemFault} from '../disk/fault.ts';

/** An error of the system -> StoreFault; any other stays what it is. */
export function faultOf(error: unknown): unknown {
	if (!isSystemError(error)) return error;
	const {kind, text, fix} = systemFault(error);
	return new StoreFault(kind, `Work that is due could not be started. ${text}.`, fix);
}
