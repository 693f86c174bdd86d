using System.Globalization;

namespace Halley.Models;

/// <summary>What can be wrong with an artefact. <see cref="HalleyException.Kind"/> is a failed check for a damaged file.</summary>
static class ArtefactErrors
{
    const string Remedy = "Copy the file again from where it was made, or fit the model anew.";

    public static HalleyException NotAnArtefact() =>
        new("HLY3101", "this is not a model artefact: it does not start with 'HLYMODEL'. Name a file that 'halley fit' wrote.");

    public static HalleyException Version(uint version) =>
        new(
            "HLY3102",
            $"the artefact has layout version {version}; this build reads version {ArtefactLayout.Version}. "
                + "Use the Halley that wrote it, or a newer one."
        );

    public static HalleyException Truncated(long length) =>
        new(
            "HLY3103",
            $"the artefact is truncated: after {length.ToString(CultureInfo.InvariantCulture)} bytes its sections are not complete. {Remedy}",
            FaultKind.CheckFailed
        );

    public static HalleyException TooLarge(long length) =>
        new(
            "HLY3104",
            string.Create(
                CultureInfo.InvariantCulture,
                $"the artefact has {length} bytes; at most {ArtefactLayout.MaximumBytes} are read or written. "
            ) + "Fit a smaller model (fewer trees or leaves)."
        );

    public static HalleyException Tampered(string part) =>
        new(
            "HLY3105",
            $"the artefact was changed after it was written: {part} does not match its SHA-256. {Remedy}",
            FaultKind.CheckFailed
        );

    public static HalleyException Structure(string problem) =>
        new("HLY3106", $"the artefact is malformed: {problem}. {Remedy}", FaultKind.CheckFailed);

    public static HalleyException Header(string problem, Exception? inner = null) =>
        new("HLY3107", $"the artefact's header can't be read: {problem} {Remedy}", FaultKind.CheckFailed, inner);

    public static HalleyException UnknownScorer(string format, IEnumerable<string> known) =>
        new(
            "HLY3108",
            $"the artefact holds a scorer of format '{format}', which this build can't read; it reads {string.Join(", ", known)}. "
                + "Use the Halley that wrote it, or a newer one."
        );

    public static HalleyException Check(int row, string output, double expected, double actual) =>
        new(
            "HLY3109",
            string.Create(
                CultureInfo.InvariantCulture,
                $"the artefact failed its own check: row {row + 1}, {output}: expected {expected:R}, computed {actual:R}. "
            )
                + "It would predict other numbers here than where it was fitted; do not use it. "
                + Remedy,
            FaultKind.CheckFailed
        );

    public static HalleyException Unreadable(string path, Exception inner) =>
        new("HLY3110", $"the artefact '{path}' can't be read: {inner.Message}", FaultKind.Environment, inner);

    public static HalleyException Unwritable(string path, Exception inner) =>
        new("HLY3111", $"the artefact '{path}' can't be written: {inner.Message}", FaultKind.Environment, inner);
}
