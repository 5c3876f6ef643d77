import "./clock.js";
import "./money.js";
