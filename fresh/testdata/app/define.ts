import { createDefine } from "fresh";

export const define = createDefine<unknown>();
