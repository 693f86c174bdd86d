using System.Globalization;
using System.Text.Json;
using Halley.Data;
using Halley.Decisions;
using Halley.Models;

namespace Halley.Cli;

/// <summary>A row that no model learned from, played as a request; what became of it is known from its own columns.</summary>
/// <param name="Years">Years at risk in which its outcomes came about; null where the table has no exposure.</param>
/// <param name="Known">Value by column that a model of this table predicts.</param>
sealed record RecordEvent(
    string Decision,
    string Unit,
    DateTimeOffset Time,
    string Request,
    Schema Inputs,
    Table Rows,
    int Row,
    double? Years,
    IReadOnlyList<(string Kind, double Value)> Known
) : LiveEvent(Decision, Unit, Time)
{
    public override string RequestId => Request;

    /// <summary>Evenly spaced rows among those that the decision's first model of this table keeps for its test.</summary>
    public static IReadOnlyList<RecordEvent> Of(Project project, DecisionDefinition decision, int count)
    {
        var name = DecisionTables.Find(project, decision).Table!;
        var models = project.ModelFiles().Select(project.ReadModelFile).Where(file => file.Data == name).ToList();
        var first = DecisionTables
            .ModelsOf(decision)
            .Select(model => models.Find(file => file.Spec.Name == model))
            .OfType<Specs.ModelFile>();
        var table = project.Tables.Read(name);
        var rows = first.FirstOrDefault() is { } file ? ModelFitter.TestRows(file.Spec, table) : table;
        var definition = project.Tables.Definition.Find(name)!;
        var id = definition.Roles.FirstOrDefault(role => role.Value == Role.Id && rows.Has(role.Key)).Key;
        var exposure = definition.Roles.FirstOrDefault(role => role.Value == Role.Exposure && rows.Has(role.Key)).Key;
        // What the decision is told is no outcome.
        var targets = models
            .Select(model => model.Spec.Target)
            .Distinct()
            .Where(rows.Has)
            .Where(target => decision.Inputs.Find(target) is null)
            .ToList();
        var taken = Math.Min(count, rows.RowCount);
        return
        [
            .. Enumerable
                .Range(0, taken)
                .Select(i => (int)((long)i * rows.RowCount / taken))
                .Select(row => new RecordEvent(
                    decision.Name,
                    id is null ? $"{name}-{row + 1}" : rows[id].TextAt(row) ?? $"{name}-{row + 1}",
                    project.Clock.GetUtcNow(),
                    $"{decision.Name}-{row + 1}",
                    decision.Inputs,
                    rows,
                    row,
                    exposure is null ? null : rows.Exposure(exposure).Years[row],
                    [
                        .. targets
                            .Select(target => (target, Number(rows[target], row)))
                            .Where(known => double.IsFinite(known.Item2)),
                    ]
                )),
        ];
    }

    public override IEnumerable<(string Kind, double Value)> Outcomes(string action, JsonElement outputs) => Known;

    public override void WriteInputs(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        foreach (var field in Inputs.Fields)
        {
            writer.WritePropertyName(field.Name);
            if (field.Role == Role.Id && !Rows.Has(field.Name))
                writer.WriteStringValue(Unit);
            else
                Write(writer, field.Kind, Rows[field.Name]);
        }
        writer.WriteEndObject();
    }

    /// <summary>A value in the kind that the decision asks for: a code may be a number in the file and a category in the decision.</summary>
    void Write(Utf8JsonWriter writer, FieldKind kind, Column column)
    {
        if (column.IsMissing(Row) || column.TextAt(Row) is not { } text)
            writer.WriteNullValue();
        else if (
            kind is FieldKind.Number or FieldKind.Exposure
            && double.TryParse(text, CultureInfo.InvariantCulture, out var number)
        )
            writer.WriteNumberValue(number);
        else if (kind == FieldKind.Boolean && Number(column, Row) is 0 or 1)
            writer.WriteBooleanValue(Number(column, Row) == 1);
        else
            writer.WriteStringValue(text);
    }

    static double Number(Column column, int row)
    {
        if (column is TextColumn or CategoricalColumn)
            return double.TryParse(column.TextAt(row), CultureInfo.InvariantCulture, out var number) ? number : double.NaN;
        Span<double> slot = stackalloc double[1];
        column.CopySlots(row, slot);
        return slot[0];
    }
}
