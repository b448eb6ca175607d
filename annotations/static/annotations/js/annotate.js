/* The annotate screen: brings its parts together. */
import { installMarking } from "./mark_here.js";
import { byId, Screen } from "./screen.js";
import { installWalking } from "./walking.js";

const PARTS = [installWalking, installMarking];

const screen = new Screen(byId("text").querySelector("[data-article-text]"));
PARTS.forEach((install) => install(screen));
screen.show();
