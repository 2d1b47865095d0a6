// A curve of a chart: values on the chart's common days.
export interface Curve { name: string; values: (number | null)[]; colour: string; dash?: number[]; width?: number }
