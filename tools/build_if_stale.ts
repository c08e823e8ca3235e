/** Builds only where something changed since the last build, so that a start costs little. */
import { Builder, isStale } from "fresh/dev";

if (await isStale(".")) await new Builder().build();
