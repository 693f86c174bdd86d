using Halley.Data;
using Halley.Decisions;

namespace Halley.Cli;

/// <summary>Which table of data.yaml holds a decision's inputs.</summary>
static class DecisionTables
{
    /// <param name="Table">The first table that has every input, those that the decision's models were fitted on before others; null for none.</param>
    /// <param name="Lacking">Inputs that the nearest table lacks.</param>
    public readonly record struct Found(string? Table, IReadOnlyList<string> Lacking);

    public static Found Find(Project project, DecisionDefinition decision)
    {
        var needed = decision.Inputs.Fields.Where(field => field.Role != Role.Id).Select(field => field.Name).ToList();
        var all = project.Tables.Definition.Tables.Select(table => table.Name).ToList();
        var own = project
            .ModelFiles()
            .Select(project.ReadModelFile)
            .Where(file => ModelsOf(decision).Contains(file.Spec.Name))
            .OrderBy(file => ModelsOf(decision).IndexOf(file.Spec.Name))
            .Select(file => file.Data);
        var best = new Found(null, needed);
        foreach (var name in own.Concat(all).Distinct().Where(all.Contains))
        {
            var table = project.Tables.Read(name);
            var lacking = needed.Where(input => !table.Has(input)).ToList();
            if (lacking.Count == 0)
                return new(name, []);
            if (lacking.Count < best.Lacking.Count)
                best = new(null, lacking);
        }
        return best;
    }

    /// <summary>Names of the models that a decision refers to, in its order.</summary>
    public static List<string> ModelsOf(DecisionDefinition decision) =>
        [.. decision.Models.Select(model => model.Reference.Split('@')[0])];
}
