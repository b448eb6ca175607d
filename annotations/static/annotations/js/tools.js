/* The parts of the annotate screen that come at their first use: see later.js. */
import { screen } from "./annotate.js";
import { installArcs } from "./arcs.js";
import { installArriving } from "./arriving.js";
import { installFind } from "./find.js";
import { installGoTo } from "./goto.js";
import { installMinimap } from "./minimap.js";
import { installRelations } from "./relations.js";
import { installSaying } from "./saying.js";
import { installShaping } from "./shaping.js";
import { installSuggestions } from "./suggestions.js";
import "./talking.js";
import "./waiting_list.js";

const PARTS = [installArriving, installArcs, installRelations, installShaping, installSaying, installSuggestions, installFind, installGoTo, installMinimap];

PARTS.forEach((install) => install(screen));
