using Halley.Decisions;
using Halley.Models;

namespace Halley.Registry;

/// <summary>A release that was proved sound and compiled: ready to decide.</summary>
/// <param name="Models">By the reference under which the definition names each.</param>
/// <param name="Tables">Content of the release's files by name, such as <c>value</c> and <c>tests</c>.</param>
public sealed record LoadedRelease(
    Release Release,
    DecisionDefinition Definition,
    DecisionPlan Plan,
    IReadOnlyDictionary<string, FittedModel> Models,
    IReadOnlyDictionary<string, ReadOnlyMemory<byte>> Tables
);
