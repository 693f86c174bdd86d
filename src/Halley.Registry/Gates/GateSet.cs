using System.Text.Json;
using Halley.Data;

namespace Halley.Registry;

/// <summary>The gates of an environment. A change of them is kept in its history and voids approvals given under the old ones.</summary>
public sealed record GateSet
{
    public required string Environment { get; init; }

    public IReadOnlyList<Gate> Gates { get; init; } = [];

    /// <summary>Hash of the set as it is kept.</summary>
    public ContentHash Hash() => ContentHash.Of(JsonSerializer.SerializeToUtf8Bytes(this, RegistryJson.Default.GateSet));

    /// <summary>The gates that guard a place.</summary>
    public IEnumerable<Gate> For(ReleaseRole role) => Gates.Where(gate => gate.Guards.Contains(role));

    /// <exception cref="HalleyException">HLY5301: every problem of every gate, at once.</exception>
    public void Validate()
    {
        var problems = Gates.SelectMany(gate => gate.Validate().Select(problem => $"gate '{gate.Name}': {problem}")).ToList();
        problems.AddRange(
            Gates
                .GroupBy(gate => gate.Name)
                .Where(group => group.Count() > 1)
                .Select(group => $"two gates are named '{group.Key}'")
        );
        if (problems.Count > 0)
            throw new HalleyException("HLY5301", $"the gates of '{Environment}' cannot be used: {string.Join("; ", problems)}.");
    }
}
