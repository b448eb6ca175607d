/* The annotate screen: brings its parts together. */
import { installArcs } from "./arcs.js";
import { installFind } from "./find.js";
import { installGoTo } from "./goto.js";
import { installMarking } from "./mark_here.js";
import { installMinimap } from "./minimap.js";
import { installRelations } from "./relations.js";
import { installSaying } from "./saying.js";
import { byId, Screen } from "./screen.js";
import { installShaping } from "./shaping.js";
import { installSuggestions } from "./suggestions.js";
import { installUndo } from "./undo.js";
import { installTogether } from "./together.js";
import { installWalking } from "./walking.js";

const PARTS = [installArcs, installRelations, installWalking, installMarking, installShaping, installSaying, installUndo, installSuggestions, installFind, installGoTo, installMinimap, installTogether];

const screen = new Screen(byId("text").querySelector("[data-article-text]"));
PARTS.forEach((install) => install(screen));
screen.show();
