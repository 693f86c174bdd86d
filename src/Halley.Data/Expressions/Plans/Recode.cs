using System.Globalization;

namespace Halley.Data.Expressions;

/// <summary>Brings a slot into the type that a model was fitted with, by the declared rules.</summary>
public static class Recode
{
    /// <summary>A slot of type <paramref name="wanted"/> with the values of <paramref name="source"/>; the same slot where nothing is to do.</summary>
    /// <param name="field">Name of the field, for messages.</param>
    /// <param name="whenUnseen">For levels of the source that <paramref name="wanted"/> does not list; only categories have them.</param>
    /// <exception cref="HalleyException">HLY1203 the kinds differ, HLY1204 a rule's value does not fit.</exception>
    public static SlotRef Emit(
        PlanBuilder builder,
        SlotRef source,
        string field,
        SlotType wanted,
        ValueRule whenMissing,
        ValueRule whenUnseen
    )
    {
        if (Plain(source.Type.Kind) != Plain(wanted.Kind))
            throw new HalleyException(
                ExpressionCodes.Type,
                $"field '{field}' is of kind {source.Type} where {wanted} is needed. Change its kind in the schema."
            );
        return wanted.Kind == FieldKind.Category
            ? EmitCategory(builder, source, field, wanted, whenMissing, whenUnseen)
            : EmitPlain(builder, source, field, wanted, whenMissing);
    }

    static FieldKind Plain(FieldKind kind) => kind == FieldKind.Exposure ? FieldKind.Number : kind;

    static SlotRef EmitCategory(
        PlanBuilder builder,
        SlotRef source,
        string field,
        SlotType wanted,
        ValueRule whenMissing,
        ValueRule whenUnseen
    )
    {
        var (from, to) = (source.Type.Levels!, wanted.Levels!);
        if (from.SequenceEqual(to) && whenMissing.Action == ValueAction.Missing)
            return source with { Type = wanted };
        var result = builder.Allocate(wanted);
        builder.Add(new RecodeInstruction(field, source.Index, from, result.Index, to, whenMissing, whenUnseen));
        return result;
    }

    static SlotRef EmitPlain(PlanBuilder builder, SlotRef source, string field, SlotType wanted, ValueRule whenMissing)
    {
        if (whenMissing.Action == ValueAction.Missing)
            return source with { Type = wanted };
        var result = builder.Allocate(wanted);
        builder.Add(
            whenMissing.Action == ValueAction.Reject
                ? MissingInstruction.Reject(field, source.Index, result.Index)
                : MissingInstruction.Replace(field, source.Index, result.Index, ReadValue(field, wanted, whenMissing.Value ?? ""))
        );
        return result;
    }

    static double ReadValue(string field, SlotType type, string text)
    {
        double? value = type.Kind switch
        {
            FieldKind.Boolean => text switch
            {
                "true" => 1,
                "false" => 0,
                _ => null,
            },
            FieldKind.Date => DateText.Read(text),
            _ => KeyAxis.ParseNumber(text),
        };
        return value
            ?? throw new HalleyException(
                ExpressionCodes.Type,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"field '{field}': its rule for missing values puts in '{text}', which is not {KeyCell.Expected(false, type)}."
                )
            );
    }
}
