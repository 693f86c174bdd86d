namespace Halley.Data;

/// <summary>Error code and remedy of each problem that a value in a file or table can have.</summary>
static class ValueCodes
{
    public static string Of(FieldProblemKind kind) =>
        kind switch
        {
            FieldProblemKind.NotANumber => "HLY1114",
            FieldProblemKind.NotFinite => "HLY1115",
            FieldProblemKind.OutOfRange => "HLY1116",
            FieldProblemKind.NotWhole => "HLY1117",
            FieldProblemKind.UnknownLevel => "HLY1118",
            FieldProblemKind.Missing => "HLY1119",
            FieldProblemKind.BadDate => "HLY1120",
            FieldProblemKind.BadBoolean => "HLY1121",
            FieldProblemKind.NegativeExposure => "HLY1101",
            _ => "HLY1129",
        };

    public static string Remedy(FieldProblemKind kind) =>
        kind switch
        {
            FieldProblemKind.Missing => "Fill it in, or declare in the schema what to do when it is missing.",
            FieldProblemKind.NotANumber =>
                "Correct it, declare the text as one that stands for a missing value, or make the field a category or text.",
            FieldProblemKind.NotFinite => "Leave the field empty where there is no value, or correct it.",
            FieldProblemKind.OutOfRange => "Correct it, or widen the range in the schema.",
            FieldProblemKind.NotWhole => "Correct it, or take 'whole' from the field in the schema.",
            FieldProblemKind.UnknownLevel =>
                "Correct it, add the level to the schema, or declare there what to do with unseen levels.",
            FieldProblemKind.NegativeExposure => "Correct the row, or leave it out with a filter.",
            FieldProblemKind.BadDate => "Write it as YYYY-MM-DD, or make the field text.",
            FieldProblemKind.BadBoolean => "Write true or false, or make the field a category.",
            _ => "Correct the value, or the kind of the field in the schema.",
        };
}
