// Lets styles know that scripts run.
document.documentElement.classList.add("js");
