using Halley.Models;
using Halley.Specs;

namespace Halley.Cli;

/// <summary>A model or decision that the data cannot feed.</summary>
/// <param name="Kind"><c>model</c> or <c>decision</c>.</param>
/// <param name="Lacking">Columns, a table, or models that are not there.</param>
sealed record LeftOut(string Kind, string Name, string Reason, IReadOnlyList<string> Lacking)
{
    /// <summary>Takes the specs that the data cannot feed out of the project, and tells which.</summary>
    public static IReadOnlyList<LeftOut> RemoveFrom(Project project)
    {
        var all = new List<LeftOut>();
        foreach (var path in project.ModelFiles())
            Remove(path, OfModel(project, SpecFiles.Model.Read(path)), all);
        foreach (var path in project.DecisionFiles())
            Remove(path, OfDecision(project, SpecFiles.Decision.Read(path)), all);
        return all;
    }

    static void Remove(string path, LeftOut? found, List<LeftOut> all)
    {
        if (found is null)
            return;
        File.Delete(path);
        all.Add(found);
    }

    static LeftOut? OfModel(Project project, ModelFile file)
    {
        if (project.Tables.Definition.Find(file.Data) is null)
            return new("model", file.Spec.Name, $"data.yaml has no table '{file.Data}'", [file.Data]);
        var table = project.Tables.Read(file.Data);
        var lacking = ModelFitter.ColumnsOf(file.Spec).Where(column => !table.Has(column)).ToList();
        return lacking.Count == 0
            ? null
            : new("model", file.Spec.Name, $"table '{file.Data}' lacks {string.Join(", ", lacking)}", lacking);
    }

    static LeftOut? OfDecision(Project project, Decisions.DecisionDefinition decision)
    {
        var fitted = project.ModelFiles().Select(path => SpecFiles.Model.Read(path).Spec.Name).ToList();
        var models = DecisionTables.ModelsOf(decision).Where(model => !fitted.Contains(model)).Distinct().ToList();
        if (models.Count > 0)
            return new("decision", decision.Name, $"it needs {string.Join(", ", models)}", models);
        var found = DecisionTables.Find(project, decision);
        return found.Table is not null
            ? null
            : new("decision", decision.Name, $"no table has {string.Join(", ", found.Lacking)}", found.Lacking);
    }
}
