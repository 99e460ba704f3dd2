/** Tests that start processes of the program: they need a build, and have a process each. */
const apart =
	/(?:^|[\\/])test[\\/](?:attempts|cli|crash|e2e|extend|gates|probes|processes|rehearsal|rollback|watch|workspace)(?:[\\/]|$)|\.deep\.tsx?$/;

/** Of the path of a file or folder. */
export const isApart = path => apart.test(path);
