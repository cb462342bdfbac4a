using Hele.Civic.Kernel;

namespace Hele.Civic.Thanks;

/// <summary>What is refused about thanks, in words for people.</summary>
public static class ThanksProblems
{
    public static readonly Problem NotFound = new("thanks.not-found", ("没有找到这条感谢。", "These thanks were not found."), Kind: ProblemKind.NotFound);
    public static readonly Problem KindMissing = new("thanks.kind-missing", ("请选择是锦旗、感谢信还是口头的感谢。", "Choose whether it is a pennant, a letter or spoken words."), "Kind");
    public static readonly Problem DoorMissing = new("thanks.door-missing", ("请选择是怎么来的。", "Choose how it came."), "Door");
    public static readonly Problem DoorDoesntFit = new("thanks.door-doesnt-fit", ("锦旗和信是送来或寄来的，口头的感谢是当面或电话里说的，请再看一下。", "Pennants and letters are brought or sent, spoken words are said in person or on the telephone. Please check."), "Door");
    public static readonly Problem TextMissing = new("thanks.text-missing", ("请写为什么事感谢，一句话就行。", "Say what the thanks are for; one sentence will do."), "Text");
    public static readonly Problem TextTooLong = new("thanks.text-too-long", ("最多{0}个字，现在是{1}个。", "At most {0} characters; there are {1}."), "Text");
    public static readonly Problem NameInText = new("thanks.name-in-text", ("这段话里有感谢人的姓名（{0}）。姓名另外封存，请从这里去掉。", "The giver's name stands in the text ({0}). It is sealed beside it: please take it out here."), "Text");
    public static readonly Problem WhomMissing = new("thanks.whom-missing", ("请选择感谢谁。", "Choose whom to thank."), "Whom");
    public static readonly Problem NameMissing = new("thanks.name-missing", ("请写感谢人的姓名，最多30个字；不愿留名的，选“不留姓名”。", "Give the name, at most 30 characters, or choose “no name”."), "GiverName");
    public static readonly Problem GiverUnknown = new("thanks.giver-unknown", ("人员登记里没有这个人。请从找到的人里选，或者不关联。", "The register doesn't have this person. Choose one that was found, or leave it."), "Giver");
    public static readonly Problem ShownMissing = new("thanks.shown-missing", ("请选择感谢人同意怎样公开。", "Choose what the giver agreed to."), "Shown");
    public static readonly Problem NoNameToShow = new("thanks.no-name-to-show", ("没有留姓名，不能写成“某某”公开。", "No name was left, so none can be shown."), "Shown");
    public static readonly Problem DayWrong = new("thanks.day-wrong", ("请写哪一天，不能晚于今天，也不能早于一年前。", "Give the day: not after today and not more than a year ago."), "On");
    public static readonly Problem AppealUnknown = new("thanks.appeal-unknown", ("没有找到这件诉求，请核对编号。", "This appeal was not found; please check its number."), "Appeal");
    public static readonly Problem NotSatisfied = new("thanks.not-satisfied", ("评价为满意的诉求才能从这里感谢。", "Thanks are given from an appeal that was judged satisfied."), "Appeal", ProblemKind.Conflict);
    public static readonly Problem ThankedAlready = new("thanks.thanked-already", ("这件诉求已经有同一个人的感谢。", "This person has given thanks for this appeal already."), "Appeal", ProblemKind.Conflict);
    public static readonly Problem OnePhoto = new("thanks.one-photo", ("照片最多1张。", "One photo at most."), "Photos");
    public static readonly Problem OwnThanks = new("thanks.own-thanks", ("感谢的就是您（或您所在的网格、组织），要由不相干的同事来办。", "It is you who is thanked (or your grid or body): a colleague who isn't has to do this."), "Whom", ProblemKind.Conflict);
    public static readonly Problem StandsIn = new("thanks.stands-in", ("您正在替被感谢的人代班，要由不相干的同事来办。", "You are standing in for whoever is thanked: a colleague who isn't has to do this."), "Whom", ProblemKind.Conflict);
    public static readonly Problem GiverIsThanked = new("thanks.giver-is-thanked", ("感谢人自己就在被感谢的人里，不能登记。", "The giver is among those who are thanked, so this can't be written down."), "Whom", ProblemKind.Conflict);
    public static readonly Problem EnteredIt = new("thanks.entered-it", ("这一条是您登记的，要由另一个人核对。", "You wrote this down: another person has to check it."), Kind: ProblemKind.Conflict);
    public static readonly Problem GaveIt = new("thanks.gave-it", ("这一条是您自己的感谢，要由另一个人核对。", "These are your own thanks: another person has to check them."), Kind: ProblemKind.Conflict);
    public static readonly Problem NotNow = new("thanks.not-now", ("这一条现在是“{0}”，不能这样办。", "This is now “{0}”, so that can't be done."), Kind: ProblemKind.Conflict);
    public static readonly Problem NoConsent = new("thanks.no-consent", ("感谢人不同意公开，只能核对后登记。", "The giver didn't agree to its being public: it can be kept only."), Kind: ProblemKind.Conflict);
    public static readonly Problem PublicTextMissing = new("thanks.public-text-missing", ("请写公开的说法，最多{0}个字。", "Write what the public reads, at most {0} characters."), "Text");
    public static readonly Problem LooksPersonal = new("thanks.looks-personal", ("可能有个人信息：{0}。请改掉；核对过确实不是的，在下面打勾。", "This may be personal: {0}. Please take it out; if you have checked that it isn't, tick the box below."), "Text");
    public static readonly Problem NoPhoto = new("thanks.no-photo", ("这一条没有照片。", "There is no photo."), "Photo");
    public static readonly Problem ReasonMissing = new("thanks.reason-missing", ("请写原因，最多{0}个字。", "Give the reason, at most {0} characters."), "Reason");
    public static readonly Problem WhyMissing = new("thanks.why-missing", ("请写看姓名做什么用，最多{0}个字。", "Say what you need the name for, at most {0} characters."), "Why");
    public static readonly Problem ShownAlready = new("thanks.shown-already", ("现在就是这样，没有改动。", "It is so already; nothing was changed."), "Shown", ProblemKind.Conflict);
}
